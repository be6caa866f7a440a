#include "source/function/runtime.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "base/json_tree.h"
#include "base/text.h"

namespace vigil::source {
namespace {

/// The values of Inspector2's enumeration that have a version.
constexpr std::string_view kRuntimes[] = {
    "DOTNETCORE_3_1", "DOTNET_10",   "DOTNET_6",    "DOTNET_7",    "GO_1_X",
    "JAVA_11",        "JAVA_17",     "JAVA_21",     "JAVA_25",     "JAVA_8",
    "JAVA_8_AL2",     "NODEJS",      "NODEJS_12_X", "NODEJS_14_X", "NODEJS_16_X",
    "NODEJS_18_X",    "NODEJS_22_X", "NODEJS_24_X", "PYTHON_3_10", "PYTHON_3_11",
    "PYTHON_3_7",     "PYTHON_3_8",  "PYTHON_3_9",  "RUBY_2_7",    "RUBY_3_2",
};
constexpr std::string_view kUnknown = "UNSUPPORTED";

bool is_runtime(std::string_view name) {
  return std::find(std::begin(kRuntimes), std::end(kRuntimes), name) != std::end(kRuntimes);
}

/// "PYTHON_" + "3.11" -> "PYTHON_3_11", if there is such a value.
std::optional<std::string> versioned(std::string_view family, std::string_view version,
                                     std::string_view end = {}) {
  std::string name(family);
  for (const char c : version) name += c == '.' ? '_' : c;
  name += end;
  if (!is_runtime(name)) return std::nullopt;
  return name;
}

std::string_view take_version(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && (base::is_digit(text[end]) || text[end] == '.')) ++end;
  while (end > 0 && text[end - 1] == '.') --end;
  return text.substr(0, end);
}

std::string_view after(std::string_view path, std::string_view mark) {
  const std::size_t at = path.find(mark);
  return at == std::string_view::npos ? std::string_view{} : path.substr(at + mark.size());
}

/// "311" of "_x.cpython-311-x86_64-linux-gnu.so" -> "3.11".
std::string python_of_tag(std::string_view digits) {
  const std::string_view version = take_version(digits);
  if (version.size() < 2) return {};
  return std::string(version.substr(0, 1)) + "." + std::string(version.substr(1));
}

std::optional<std::string> by_path(std::string_view path) {
  if (const auto rest = after(path, "/lib/python"); !rest.empty()) {
    if (auto found = versioned("PYTHON_", take_version(rest))) return found;
  }
  if (const auto rest = after(path, ".cpython-"); !rest.empty()) {
    if (auto found = versioned("PYTHON_", python_of_tag(rest))) return found;
  }
  if (const auto rest = after(path, "/ruby/gems/"); !rest.empty()) {
    const std::string_view version = take_version(rest);  // "3.2.0"
    if (auto found = versioned("RUBY_", version.substr(0, version.rfind('.')))) return found;
  }
  if (const auto rest = after(path, "/nodejs/node"); !rest.empty()) {
    if (auto found = versioned("NODEJS_", take_version(rest), "_X")) return found;
  }
  return std::nullopt;
}

/// {"runtimeOptions": {"tfm": "net6.0"}}
std::optional<std::string> dotnet_of(std::string_view text) {
  base::JsonParser parser;
  const auto root = parser.parse(text);
  if (!root) return std::nullopt;
  std::string_view framework = (*root)["runtimeOptions"]["tfm"].text();
  if (framework == "netcoreapp3.1") return "DOTNETCORE_3_1";
  if (!framework.starts_with("net")) return std::nullopt;
  framework.remove_prefix(3);
  return versioned("DOTNET_", framework.substr(0, framework.find('.')));
}

/// A class file's major version is Java's plus 44 (JVMS 4.1); the newest a function has is what it
/// needs at least.
std::optional<std::string> java_of(int major) {
  for (const int version : {8, 11, 17, 21, 25}) {
    if (major - 44 <= version) return versioned("JAVA_", std::to_string(version));
  }
  return std::nullopt;
}

int class_major(std::string_view head) {
  if (head.size() < 8 || !head.starts_with("\xca\xfe\xba\xbe")) return 0;
  return static_cast<unsigned char>(head[6]) * 256 + static_cast<unsigned char>(head[7]);
}

/// e_machine of an ELF file in little endian (System V ABI, "ELF Header").
std::string_view machine_of(std::string_view head) {
  if (head.size() < 20 || !head.starts_with("\x7f"
                                            "ELF")) {
    return {};
  }
  if (head[18] == 62 && head[19] == 0) return "X86_64";
  return static_cast<unsigned char>(head[18]) == 183 && head[19] == 0 ? "ARM64" : "";
}

class Search {
 public:
  void look_at(const tree::View& view) {
    const auto visit = [&](const tree::Entry& entry) {
      if (entry.kind == tree::Kind::File) look_at(view, entry);
      return true;
    };
    // What cannot be walked is said by the scan of the same view.
    (void)view.walk({}, visit, [](const std::string&, const std::string&) {});
  }

  [[nodiscard]] RuntimeEvidence result() const {
    RuntimeEvidence out;
    out.architectures.assign(architectures_.begin(), architectures_.end());
    if (dotnet_) {
      out.runtime = *dotnet_;
    } else if (by_path_) {
      out.runtime = *by_path_;
    } else if (go_) {
      out.runtime = "GO_1_X";
    } else if (java_ > 0 && java_of(java_)) {
      out.runtime = *java_of(java_);
    } else {
      out.runtime = node_ ? "NODEJS" : kUnknown;
    }
    return out;
  }

 private:
  static constexpr std::size_t kHead = 65536;

  void look_at(const tree::View& view, const tree::Entry& entry) {
    const std::string_view path = entry.path;
    if (!by_path_) by_path_ = by_path(path);
    if (path.ends_with(".runtimeconfig.json") && !dotnet_) {
      if (const auto text = view.read(path, 1 << 20)) dotnet_ = dotnet_of(*text);
    }
    if (path.ends_with(".class")) {
      if (const auto head = view.head(path, 8)) java_ = std::max(java_, class_major(*head));
    }
    const bool in_modules = path.find("/node_modules/") != std::string_view::npos;
    if (!in_modules &&
        (path.ends_with(".js") || path.ends_with(".mjs") || path.ends_with(".cjs"))) {
      node_ = true;
    }
    if (path == "/bootstrap" || path.ends_with(".so")) look_at_program(view, path);
  }

  void look_at_program(const tree::View& view, std::string_view path) {
    const auto head = view.head(path, kHead);
    if (!head) return;
    if (const auto machine = machine_of(*head); !machine.empty()) {
      architectures_.emplace(machine);
    }
    // The note that names a Go program's build lies right behind the headers (cmd/link, elf.go).
    constexpr std::string_view kGoNote("Go\0\0", 4);
    if (path == "/bootstrap" && head->find(kGoNote) != std::string::npos) go_ = true;
  }

  std::optional<std::string> by_path_;
  std::optional<std::string> dotnet_;
  std::set<std::string> architectures_;
  int java_ = 0;
  bool node_ = false;
  bool go_ = false;
};

}  // namespace

std::string runtime_of_name(std::string_view name) {
  if (name.starts_with("provided")) return std::string(kUnknown);
  std::string out = base::replace_all(base::upper(name), ".", "_");
  const auto digit = std::find_if(out.begin(), out.end(), base::is_digit);
  out.insert(digit, '_');
  return is_runtime(out) ? out : "";
}

RuntimeEvidence find_runtime(const tree::View& code, const std::vector<const tree::View*>& layers) {
  Search search;
  search.look_at(code);
  for (const tree::View* layer : layers) search.look_at(*layer);
  return search.result();
}

}  // namespace vigil::source
