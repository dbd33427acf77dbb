#include "cli/arguments.h"

#include <algorithm>

#include "absl/strings/str_split.h"
#include "base/status.h"
#include "cli/format.h"
#include "cli/text.h"

namespace logpress::cli {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// All spellings of an option.
std::vector<std::string> Spellings(const OptionSpec& option) {
  return absl::StrSplit(std::string(option.names), ' ');
}

// The option that `name`, as in `argument`, stands for: itself, or else the only one that begins
// like that.
absl::StatusOr<const OptionSpec*> FindLong(const std::string& argument, const std::string& name) {
  std::vector<const OptionSpec*> found;
  std::string spellings;
  for (const OptionSpec& option : OptionTable()) {
    for (const std::string& spelling : Spellings(option)) {
      if (spelling == name) return &option;
      if (name.empty() || !spelling.starts_with(name)) continue;
      // Two spellings of one option are no doubt.
      if (!found.empty() && found.back() == &option) continue;
      Append(&spellings, found.empty() ? "--" : ", --", spelling);
      found.push_back(&option);
    }
  }
  if (found.empty()) return UsageError(argument, "unknown option; see logpress --help");
  if (found.size() == 1) return found[0];
  return UsageError(argument, Cat("may be ", spellings, "; write more of it"));
}

const OptionSpec* FindShort(char letter) {
  const auto options = OptionTable();
  const auto found = std::find_if(options.begin(), options.end(), [letter](const auto& option) {
    return option.short_name == letter && letter != 0;
  });
  return found == options.end() ? nullptr : &*found;
}

class Reader {
 public:
  explicit Reader(std::span<const std::string> words) : words_(words) {}

  absl::StatusOr<Arguments> ReadAll() {
    while (next_ < words_.size()) {
      const std::string& word = words_[next_++];
      if (word == "--") break;
      if (word.starts_with("--")) {
        LOGPRESS_RETURN_IF_ERROR(ReadLong(word));
      } else if (word.size() > 1 && word[0] == '-') {
        LOGPRESS_RETURN_IF_ERROR(ReadShort(word));
      } else {
        read_.operands.push_back(word);
      }
    }
    for (; next_ < words_.size(); ++next_) read_.operands.push_back(words_[next_]);
    return std::move(read_);
  }

 private:
  // --name, --name=value or --name value.
  absl::Status ReadLong(const std::string& word) {
    const size_t equals = word.find('=');
    const std::string name = word.substr(2, equals == std::string::npos ? equals : equals - 2);
    LOGPRESS_ASSIGN_OR_RETURN(const OptionSpec* option, FindLong(word, name));
    if (equals == std::string::npos) {
      if (option->value_required()) return TakeValue(*option, word, "=");
      read_.options.push_back({option, ""});
      return absl::OkStatus();
    }
    if (option->value.empty()) return UsageError(word, "takes no value; give the option alone");
    read_.options.push_back({option, word.substr(equals + 1)});
    return absl::OkStatus();
  }

  // -x, -xyz, -xVALUE or -x VALUE.
  absl::Status ReadShort(const std::string& word) {
    for (size_t at = 1; at < word.size(); ++at) {
      const char letter = word[at];
      if (IsDigit(letter)) {
        if (letter == '0' || (at + 1 < word.size() && IsDigit(word[at + 1]))) {
          return UsageError(word,
                            "levels go from -1 (fastest) to -9 (smallest); for no packing use "
                            "--backend=store, for the most use -9");
        }
        LOGPRESS_ASSIGN_OR_RETURN(const OptionSpec* level, FindLong(word, "level"));
        read_.options.push_back({level, std::string(1, letter)});
        continue;
      }
      const OptionSpec* option = FindShort(letter);
      if (option == nullptr) {
        return UsageError(Cat("-", std::string(1, letter)),
                          "unknown option; see logpress --help, and give a file with such a name "
                          "as ./-NAME");
      }
      if (!option->value_required()) {
        read_.options.push_back({option, ""});
        continue;
      }
      if (at + 1 == word.size()) return TakeValue(*option, word, " ");
      read_.options.push_back({option, word.substr(at + 1)});
      break;
    }
    return absl::OkStatus();
  }

  // The value of `option` is the next word.
  absl::Status TakeValue(const OptionSpec& option, const std::string& word,
                         std::string_view between) {
    if (next_ == words_.size())
      return UsageError(word, Cat("needs a value; give it as ", word, between, option.value));
    read_.options.push_back({&option, words_[next_++]});
    return absl::OkStatus();
  }

  const std::span<const std::string> words_;
  size_t next_ = 0;
  Arguments read_;
};

}  // namespace

absl::StatusOr<Arguments> ReadArguments(std::span<const std::string> words) {
  return Reader(words).ReadAll();
}

absl::Status UsageError(std::string_view argument, std::string_view what) {
  return absl::InvalidArgumentError(Cat(Printable(argument), ": ", what));
}

}  // namespace logpress::cli
