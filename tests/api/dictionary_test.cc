#include <logpress/logpress.hpp>
#include <thread>

#include "api/api_test_util.h"

namespace logpress::api {
namespace {

struct FreeDictionary {
  void operator()(logpress_dictionary* handle) const { logpress_dictionary_free(handle); }
};
using Dictionary = std::unique_ptr<logpress_dictionary, FreeDictionary>;

Dictionary Train(const std::string& samples) {
  std::string file(1 << 20, '\0');
  size_t size = 0;
  REQUIRE(logpress_train(samples.data(), samples.size(), file.data(), file.size(), &size) ==
          LOGPRESS_OK);
  logpress_dictionary* made = nullptr;
  REQUIRE(logpress_dictionary_new(nullptr, file.data(), size, &made) == LOGPRESS_OK);
  return Dictionary(made);
}

Context NewContext(const logpress_dictionary* dictionary, int bare, int level = 5) {
  logpress_options options = logpress_default_options();
  options.level = level;
  options.dictionary = dictionary;
  options.bare = bare;
  logpress_context* made = nullptr;
  REQUIRE(logpress_context_new(&options, &made) == LOGPRESS_OK);
  return Context(made);
}

std::string PackIn(logpress_context* context, const std::string& raw) {
  std::string packed(raw.size() + 1000, '\0');
  size_t size = 0;
  REQUIRE(logpress_context_compress(context, raw.data(), raw.size(), packed.data(), packed.size(),
                                    &size) == LOGPRESS_OK);
  packed.resize(size);
  return packed;
}

logpress_code UnpackIn(logpress_context* context, const std::string& packed, std::string* raw) {
  raw->resize(1 << 20);
  size_t size = 0;
  const logpress_code code = logpress_context_decompress(context, packed.data(), packed.size(),
                                                         raw->data(), raw->size(), &size);
  raw->resize(code == LOGPRESS_OK ? size : 0);
  return code;
}

TEST_CASE("Small values are packed with a dictionary, at every level, and come back") {
  const Dictionary dictionary = Train(LogLines(5000));
  const std::string value = LogLines(40, 100'000);
  std::string back;
  for (int level = 1; level <= 9; ++level) {
    INFO("level " << level);
    const Context plain = NewContext(nullptr, LOGPRESS_BARE, level);
    const size_t alone = PackIn(plain.get(), value).size();
    for (const int bare : {LOGPRESS_ARCHIVES, LOGPRESS_BARE, LOGPRESS_BARE_CHECKED}) {
      const Context context = NewContext(dictionary.get(), bare, level);
      const std::string packed = PackIn(context.get(), value);
      CHECK(UnpackIn(context.get(), packed, &back) == LOGPRESS_OK);
      CHECK(back == value);
      if (bare == LOGPRESS_BARE) CHECK(packed.size() * 2 < alone);
    }
  }
}

TEST_CASE("C++ programs train dictionaries, load them, and keep bare values as strings") {
  const auto file = logpress::Dictionary::Train(LogLines(5000), 1 << 20);
  REQUIRE(file.ok());
  const auto dictionary = logpress::Dictionary::Load(*file);
  REQUIRE(dictionary.ok());
  CHECK(dictionary->id() != 0);
  logpress_options options = logpress::Options();
  options.dictionary = dictionary->get();
  options.bare = LOGPRESS_BARE;
  auto context = logpress::Context::New(options);
  REQUIRE(context.ok());
  const std::string value = LogLines(40, 100'000);
  const auto packed = context->Compress(value);
  REQUIRE(packed.ok());
  CHECK(packed->size() * 4 < value.size());
  const auto back = context->Decompress(*packed, value.size());
  REQUIRE(back.ok());
  CHECK(*back == value);
  CHECK(context->Decompress(*packed, value.size() - 1).error().code == LOGPRESS_MEMORY_LIMIT);
  CHECK(logpress::Dictionary::Train("no", 1 << 20).error().code == LOGPRESS_INVALID_ARGUMENT);
  const auto bad = logpress::Dictionary::Load("no dictionary");
  CHECK(bad.error().code == LOGPRESS_INVALID_ARGUMENT);
  CHECK_FALSE(bad.error().message.empty());
}

TEST_CASE("A missing or another dictionary is an error that names the right one") {
  Dictionary dictionary = Train(LogLines(5000));
  const Dictionary other = Train(LogLines(4000));
  char id[17];
  std::snprintf(id, sizeof(id), "%016llx",
                static_cast<unsigned long long>(logpress_dictionary_id(dictionary.get())));
  const std::string value = LogLines(40, 100'000);
  std::string back;
  for (const int bare : {LOGPRESS_ARCHIVES, LOGPRESS_BARE}) {
    const Context context = NewContext(dictionary.get(), bare);
    const std::string packed = PackIn(context.get(), value);
    // Bare values have room for half of the id.
    const std::string name = bare == LOGPRESS_ARCHIVES ? id : id + 8;
    for (const logpress_dictionary* wrong :
         {static_cast<logpress_dictionary*>(nullptr), other.get()}) {
      const Context reader = NewContext(wrong, bare);
      CHECK(UnpackIn(reader.get(), packed, &back) == LOGPRESS_WRONG_DICTIONARY);
      CHECK_THAT(logpress_context_message(reader.get()), Catch::Contains(name));
    }
    CHECK(UnpackIn(context.get(), packed, &back) == LOGPRESS_OK);
  }
  // Values that took none are read without it.
  const Context plain = NewContext(nullptr, LOGPRESS_ARCHIVES);
  const Context context = NewContext(other.get(), LOGPRESS_ARCHIVES);
  CHECK(UnpackIn(context.get(), PackIn(plain.get(), value), &back) == LOGPRESS_OK);
  CHECK(back == value);
}

TEST_CASE("A dictionary may be freed before what uses it, and writer and readers take one") {
  Dictionary dictionary = Train(LogLines(5000));
  logpress_options options = Blocks(8192);
  options.dictionary = dictionary.get();
  const std::string raw = LogLines(2000, 50'000);
  const std::string archive = Pack(raw, options);
  CHECK(archive.size() < Pack(raw, Blocks(8192)).size());
  const Reader reader = OpenReader(archive, &options);
  const Context context = NewContext(dictionary.get(), LOGPRESS_ARCHIVES);
  dictionary.reset();
  std::string back;
  CHECK(UnpackIn(context.get(), archive, &back) == LOGPRESS_OK);
  CHECK(back == raw);
  logpress_lines* lines = nullptr;
  REQUIRE(logpress_reader_lines(reader.get(), 0, UINT64_MAX, &lines) == LOGPRESS_OK);
  CHECK(ReadOn(Lines(lines).get()) == raw);
}

TEST_CASE("Two threads share a dictionary") {
  const Dictionary dictionary = Train(LogLines(5000));
  std::vector<std::thread> threads;
  std::string packed[2];
  for (int t = 0; t < 2; ++t) {
    threads.emplace_back([&, t] {
      logpress_options options = logpress_default_options();
      options.dictionary = dictionary.get();
      options.bare = LOGPRESS_BARE;
      logpress_context* made = nullptr;
      logpress_context_new(&options, &made);
      const Context context(made);
      for (int i = 0; i < 50; ++i) {
        const std::string raw = LogLines(50, 60'000 + i);
        std::string value(raw.size() + 100, '\0');
        std::string back(raw.size(), '\0');
        size_t size = 0;
        size_t raw_size = 0;
        logpress_context_compress(made, raw.data(), raw.size(), value.data(), value.size(), &size);
        logpress_context_decompress(made, value.data(), size, back.data(), back.size(), &raw_size);
        if (back == raw) packed[t].append(value, 0, size);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK_FALSE(packed[0].empty());
  CHECK(packed[0] == packed[1]);
}

TEST_CASE("Bare values hold anything, and little around it") {
  const Context bare = NewContext(nullptr, LOGPRESS_BARE);
  const Context checked = NewContext(nullptr, LOGPRESS_BARE_CHECKED);
  std::string back;
  std::string noise;
  for (uint32_t i = 0; i < 300; ++i) noise.push_back(static_cast<char>(i * 2654435761u >> 24));
  for (const std::string& raw : {std::string(), std::string("x"), std::string("\0\n\xff", 3), noise,
                                 LogLines(1), LogLines(300)}) {
    const std::string packed = PackIn(bare.get(), raw);
    CHECK(packed.size() <= raw.size() + 3);
    CHECK(UnpackIn(bare.get(), packed, &back) == LOGPRESS_OK);
    CHECK(back == raw);
    uint64_t size = 1;
    CHECK(logpress_bare_size(packed.data(), packed.size(), &size) == LOGPRESS_OK);
    CHECK(size == raw.size());
    std::string with_check = PackIn(checked.get(), raw);
    CHECK(with_check.size() == packed.size() + 4);
    CHECK(UnpackIn(bare.get(), with_check, &back) == LOGPRESS_OK);
    CHECK(back == raw);
    if (raw.empty()) continue;
    with_check[3] = static_cast<char>(with_check[3] ^ 1);
    CHECK(UnpackIn(checked.get(), with_check, &back) == LOGPRESS_DAMAGED);
  }
  CHECK(UnpackIn(bare.get(), "", &back) == LOGPRESS_DAMAGED);
  CHECK(UnpackIn(bare.get(), "\x40", &back) == LOGPRESS_DAMAGED);
}

TEST_CASE("What is no dictionary is an error with a message") {
  logpress_dictionary* made = nullptr;
  CHECK(logpress_dictionary_new(nullptr, "no such thing", 13, &made) == LOGPRESS_INVALID_ARGUMENT);
  CHECK_THAT(logpress_dictionary_message(made), Catch::Contains("not a dictionary"));
  logpress_options options = logpress_default_options();
  options.dictionary = made;
  logpress_context* context = nullptr;
  CHECK(logpress_context_new(&options, &context) == LOGPRESS_INVALID_ARGUMENT);
  logpress_context_free(context);
  CHECK(logpress_dictionary_id(made) == 0);
  logpress_dictionary_free(made);
  size_t size = 0;
  char place[64];
  CHECK(logpress_train("a\nb\n", 4, place, sizeof(place), &size) == LOGPRESS_INVALID_ARGUMENT);
}

}  // namespace
}  // namespace logpress::api
