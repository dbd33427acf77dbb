#include "cli/archiving/config.h"

#include <cerrno>
#include <fstream>
#include <set>
#include <sstream>

#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

#include "base/status.h"
#include "cli/archiving/setting_table.h"
#include "cli/format.h"
#include "cli/text.h"

namespace logpress::cli::archiving {
namespace {

class ConfigReader {
 public:
  ConfigReader(const std::string& path, Settings* settings)
      : name_(Printable(path)), settings_(settings) {}

  std::vector<std::string> Read(const std::string& text) {
    toml::parse_result parsed = toml::parse(text);
    if (!parsed) {
      const toml::parse_error& error = parsed.error();
      Problem(error.source(), Cat(error.description(), "; mend the TOML"));
      return std::move(problems_);
    }
    for (const auto& [key, node] : parsed.table()) {
      if (key == "run") {
        ReadRun(node);
      } else if (key == "policy") {
        ReadPolicies(node);
      } else {
        Unknown(key, {"run", "policy"}, "as a table");
      }
    }
    if (problems_.empty() && settings_->policies.empty())
      Problem({}, "no policy, so there is nothing to do; add one under [[policy]]");
    return std::move(problems_);
  }

 private:
  void Problem(const toml::source_region& where, std::string_view what) {
    std::string place = name_;
    if (where.begin.line > 0) Append(&place, ":", where.begin.line, ":", where.begin.column);
    problems_.push_back(Cat(place, ": ", what));
  }

  void Unknown(const toml::key& key, const std::vector<std::string_view>& known,
               std::string_view where) {
    const std::string_view nearest = Nearest(key.str(), known);
    std::string advice = Cat("; did you mean ", nearest, "?");
    if (nearest.empty()) {
      advice = "; there are ";
      for (size_t i = 0; i < known.size(); ++i)
        Append(&advice, i == 0 ? "" : i + 1 == known.size() ? " and " : ", ", known[i]);
    }
    Problem(key.source(), Cat("unknown key ", Printable(key.str()), " ", where, advice));
  }

  void ReadRun(const toml::node& node) {
    const toml::table* const table = node.as_table();
    if (table == nullptr) return Problem(node.source(), "run is a table; write it as [run]");
    ReadKeys(*table, Scope::kRun, "[run]", nullptr);
  }

  void ReadPolicies(const toml::node& node) {
    const toml::array* const policies = node.as_array();
    if (policies == nullptr)
      return Problem(node.source(), "policies are a list; write each as [[policy]]");
    std::set<std::string> names;
    for (const toml::node& entry : *policies) {
      const toml::table* const table = entry.as_table();
      if (table == nullptr) {
        Problem(entry.source(), "policies are tables; write each as [[policy]]");
        continue;
      }
      Policy policy;
      policy.name = Cat("policy ", settings_->policies.size() + 1);
      ReadKeys(*table, Scope::kPolicy, "in [[policy]]", &policy);
      if (policy.paths.empty())
        Problem(table->source(), "the policy has no paths; add paths = [\"/var/log/...\"]");
      for (const std::string& path : policy.paths) {
        // A timer's working folder is nobody's intention.
        if (!path.starts_with('/'))
          Problem(table->source(), Cat(Printable(path), " is not absolute; begin it with /"));
      }
      if (!names.insert(policy.name).second) {
        Problem(table->source(),
                Cat("there are two policies ", Printable(policy.name), "; give each a name"));
      }
      settings_->policies.push_back(std::move(policy));
    }
  }

  void ReadKeys(const toml::table& table, Scope scope, std::string_view where, Policy* policy) {
    std::vector<std::string_view> known;
    if (policy != nullptr) known = {"name", "paths"};
    for (const Setting& setting : SettingTable())
      if (setting.scope == scope) known.push_back(setting.name);
    for (const auto& [key, node] : table) {
      const Setting* const setting = FindSetting(key.str());
      if (policy != nullptr && key == "name") {
        ReadName(node, policy);
      } else if (policy != nullptr && key == "paths") {
        Each("paths", node, true, [&](const std::string& text) { return AddPath(text, policy); });
      } else if (setting == nullptr || setting->scope != scope) {
        Unknown(key, known, where);
      } else {
        Policy none;
        Each(setting->name, node, setting->repeated, [&](const std::string& text) {
          return setting->apply(text, &settings_->run, policy == nullptr ? &none : policy);
        });
      }
    }
  }

  void ReadName(const toml::node& node, Policy* policy) {
    const auto name = node.value_exact<std::string>();
    if (!name || name->empty()) return Problem(node.source(), "name is a word; write it in quotes");
    policy->name = *name;
  }

  static absl::Status AddPath(const std::string& text, Policy* policy) {
    if (text.empty() || text.find('\0') != std::string::npos)
      return absl::InvalidArgumentError("no path; give a file, a folder or a glob");
    policy->paths.push_back(text);
    return absl::OkStatus();
  }

  // Hands the value, or each of an array of them, to `apply` as the command line would.
  template <typename ApplyText>
  void Each(std::string_view key, const toml::node& node, bool repeated, const ApplyText& apply) {
    if (const toml::array* const values = node.as_array(); values != nullptr && repeated) {
      for (const toml::node& value : *values) One(key, value, apply);
    } else {
      One(key, node, apply);
    }
  }

  template <typename ApplyText>
  void One(std::string_view key, const toml::node& node, const ApplyText& apply) {
    std::string text;
    std::string_view hint;
    if (const auto word = node.value_exact<std::string>()) {
      text = *word;
    } else if (const auto number = node.value_exact<int64_t>()) {
      text = Cat(*number);
      const Setting* const setting = FindSetting(key);
      if (setting != nullptr && (setting->value == "TIME" || setting->value == "SIZE"))
        hint = ", in quotes";
    } else if (const auto flag = node.value_exact<bool>()) {
      text = *flag ? "true" : "false";
    } else {
      return Problem(node.source(),
                     Cat(key,
                         ": is of the wrong kind; give a text in quotes, a number or "
                         "true or false, as the manual says"));
    }
    if (const absl::Status status = apply(text); !status.ok())
      Problem(node.source(), Cat(key, " = ", Printable(text), ": ", Message(status), hint));
  }

  std::string name_;
  Settings* settings_;
  std::vector<std::string> problems_;
};

}  // namespace

std::vector<std::string> ReadConfig(const std::string& path, Settings* settings) {
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (file) text << file.rdbuf();
  if (!file || !text) {
    const int error = errno == 0 ? EIO : errno;
    const absl::Status status = ErrnoStatus(error, Cat(Printable(path), ": cannot be read"));
    return {Cat(Message(status), "; check the name and the permissions")};
  }
  return ConfigReader(path, settings).Read(text.str());
}

}  // namespace logpress::cli::archiving
