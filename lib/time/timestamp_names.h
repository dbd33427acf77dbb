// The names that occur in timestamps: months, weekdays, zones; found by perfect hashes that the
// compiler makes.
#ifndef LOGPRESS_TIME_TIMESTAMP_NAMES_H_
#define LOGPRESS_TIME_TIMESTAMP_NAMES_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace logpress::time {

inline constexpr std::array<std::string_view, 12> kMonthNames = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

inline constexpr std::array<std::string_view, 7> kWeekdayNames = {
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};

struct ZoneName {
  std::string_view name;
  int16_t offset;  // minutes east of Greenwich, by the commonest use of the name
};

// Part of the archive format: a zone is written as its place in this list, so that names may only
// be appended, up to kZoneNameLimit of them.
inline constexpr std::array kZoneNames = std::to_array<ZoneName>(
    {{"UTC", 0},    {"GMT", 0},    {"CET", 60},   {"CEST", 120}, {"MET", 60},    {"MEST", 120},
     {"EET", 120},  {"EEST", 180}, {"WET", 0},    {"WEST", 60},  {"BST", 60},    {"IST", 330},
     {"MSK", 180},  {"TRT", 180},  {"EST", -300}, {"EDT", -240}, {"CST", -360},  {"CDT", -300},
     {"MST", -420}, {"MDT", -360}, {"PST", -480}, {"PDT", -420}, {"AKST", -540}, {"AKDT", -480},
     {"HST", -600}, {"AST", -240}, {"ADT", -180}, {"NST", -210}, {"NDT", -150},  {"BRT", -180},
     {"ART", -180}, {"CLT", -240}, {"COT", -300}, {"PET", -300}, {"JST", 540},   {"KST", 540},
     {"HKT", 480},  {"SGT", 480},  {"PKT", 300},  {"NPT", 345},  {"WIB", 420},   {"PHT", 480},
     {"AWST", 480}, {"ACST", 570}, {"ACDT", 630}, {"AEST", 600}, {"AEDT", 660},  {"NZST", 720},
     {"NZDT", 780}, {"SAST", 120}, {"CAT", 120},  {"EAT", 180},  {"WAT", 60},    {"GST", 240},
     {"AZT", 240},  {"UZT", 300},  {"ICT", 420},  {"MYT", 480},  {"SST", -660},  {"CHST", 600}});
inline constexpr uint32_t kZoneNameLimit = 64;
inline constexpr size_t kMaxZoneNameSize = 4;
static_assert(kZoneNames.size() <= kZoneNameLimit);

// A set of N keys and a multiplier that sends them to different ones of 2^kBits slots.
template <typename Key, size_t N, int kBits>
struct PerfectHash {
  static constexpr int kShift = static_cast<int>(8 * sizeof(Key)) - kBits;
  Key multiplier = 1;
  std::array<uint8_t, size_t{1} << kBits> slots{};

  constexpr explicit PerfectHash(const std::array<Key, N>& keys) {
    uint64_t state = 1;
    while (!Place(keys)) {
      state = state * 6364136223846793005u + 1442695040888963407u;
      multiplier = static_cast<Key>((state >> (64 - 8 * sizeof(Key))) | 1);
    }
  }
  // Place of the key in the array, or that of another key if it is not in there.
  constexpr size_t Find(Key key) const {
    return slots[static_cast<size_t>(static_cast<Key>(key * multiplier) >> kShift)];
  }

 private:
  constexpr bool Place(const std::array<Key, N>& keys) {
    std::array<bool, size_t{1} << kBits> taken{};
    for (size_t i = 0; i < N; ++i) {
      const auto slot = static_cast<size_t>(static_cast<Key>(keys[i] * multiplier) >> kShift);
      if (taken[slot]) return false;
      taken[slot] = true;
      slots[slot] = static_cast<uint8_t>(i);
    }
    return true;
  }
};

enum class NameCase : uint8_t { kTitle, kUpper, kLower };

// The first three letters of N names, as one number (first letter lowest), in three cases.
template <size_t N>
struct Abbreviations {
  std::array<std::array<uint32_t, N>, 3> words;
  PerfectHash<uint32_t, N, 5> hash;

  constexpr explicit Abbreviations(const std::array<std::string_view, N>& names)
      : words{WithCaseBits(names, 0x202000), WithCaseBits(names, 0), WithCaseBits(names, 0x202020)},
        hash(words[static_cast<size_t>(NameCase::kLower)]) {}
  // Place of the name that these three letters are in just this case, or N.
  constexpr size_t Find(uint32_t word, NameCase letters) const {
    const size_t place = hash.Find(word | 0x202020);
    return words[static_cast<size_t>(letters)][place] == word ? place : N;
  }
  constexpr uint32_t Word(size_t place, NameCase letters) const {
    return words[static_cast<size_t>(letters)][place];
  }

 private:
  static constexpr std::array<uint32_t, N> WithCaseBits(
      const std::array<std::string_view, N>& names, uint32_t bits) {
    std::array<uint32_t, N> result{};
    for (size_t i = 0; i < N; ++i) {
      for (size_t j = 3; j-- > 0;) result[i] = result[i] << 8 | static_cast<uint8_t>(names[i][j]);
      result[i] = (result[i] & ~0x202020u) | bits;
    }
    return result;
  }
};

inline constexpr Abbreviations<12> kMonths(kMonthNames);
inline constexpr Abbreviations<7> kWeekdays(kWeekdayNames);

// Letters of a zone's name as one number, the first letter lowest.
constexpr uint64_t ZoneKey(std::string_view name) {
  uint64_t key = 0;
  for (size_t i = name.size(); i-- > 0;) key = key << 8 | static_cast<uint8_t>(name[i]);
  return key;
}

namespace timestamp_names_internal {
constexpr std::array<uint64_t, kZoneNames.size()> ZoneKeys() {
  std::array<uint64_t, kZoneNames.size()> keys{};
  for (size_t i = 0; i < keys.size(); ++i) keys[i] = ZoneKey(kZoneNames[i].name);
  return keys;
}
}  // namespace timestamp_names_internal

inline constexpr auto kZoneKeys = timestamp_names_internal::ZoneKeys();
inline constexpr PerfectHash<uint64_t, kZoneNames.size(), 8> kZoneHash(kZoneKeys);

// Place of the zone with these letters, or kZoneNameLimit.
constexpr uint32_t FindZone(uint64_t key) {
  const size_t place = kZoneHash.Find(key);
  return kZoneKeys[place] == key ? static_cast<uint32_t>(place) : kZoneNameLimit;
}

}  // namespace logpress::time

#endif  // LOGPRESS_TIME_TIMESTAMP_NAMES_H_
