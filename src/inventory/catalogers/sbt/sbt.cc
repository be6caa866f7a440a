// Scala packages of sbt: build.sbt.lock, and the exact lines of *.sbt.
//
// What: build.sbt.lock (the plugin sbt-dependency-lock) is JSON: {"dependencies": [{"org", "name",
// "version", "configurations"}]}. A .sbt file is a Scala program, of which lines like
// "org" %% "name" % "1.0" % Test can be read: "%" is the plain artifact, "%%" one for the Scala version of
// the project, whose name ends in "_2.13" or "_3".
//
// References: scala-sbt.org/1.x/docs/Library-Dependencies.html; github.com/stringbean/
// sbt-dependency-lock, "Lockfile format"; scala-sbt.org/1.x/docs/Cross-Build.html.
//
// Traps:
//   - Of Scala 2 the binary version has two parts (2.13), of Scala 3 one.
//   - A version is often a val of the same file: val akka = "2.6.20".
//   - addSbtPlugin("org" % "name" % "1.0") is an artifact "name_2.12_1.0" and part of the build only.
//   - Where a lock file lies beside, it is exact and tells everything.
//
// Not handled: versions from project/*.scala, "%%%" of Scala.js, ivy configurations beyond Test.

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/json_lines.h"
#include "base/json_tree.h"
#include "base/text.h"
#include "inventory/cataloger.h"
#include "inventory/file_packages.h"

namespace vigil::inventory::sbt {
namespace {

/// A word, a number, a text in quotes (marked so) or a sign of a Scala program.
struct Token {
  std::string_view text;
  bool quoted = false;
  std::uint32_t line = 0;
};

std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> tokens;
  std::uint32_t line = 1;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c == '\n') ++line;
    if (base::is_space(c)) {
      ++at;
    } else if (text.substr(at).starts_with("//")) {
      at = std::min(text.find('\n', at), text.size());
    } else if (text.substr(at).starts_with("/*")) {
      const std::size_t end = std::min(text.find("*/", at + 2), text.size());
      line += static_cast<std::uint32_t>(std::count(text.begin() + static_cast<std::ptrdiff_t>(at),
                                                    text.begin() + static_cast<std::ptrdiff_t>(end),
                                                    '\n'));
      at = std::min(end + 2, text.size());
    } else if (c == '"') {
      const std::size_t end = std::min(text.find_first_of("\"\n", at + 1), text.size());
      tokens.push_back({text.substr(at + 1, end - at - 1), true, line});
      at = std::min(end + (end < text.size() && text[end] == '"' ? 1 : 0), text.size());
    } else if (base::is_alnum(c) || c == '_') {
      const std::size_t begin = at;
      while (at < text.size() && (base::is_alnum(text[at]) || text[at] == '_' || text[at] == '.'))
        ++at;
      tokens.push_back({text.substr(begin, at - begin), false, line});
    } else {
      const std::size_t begin = at++;
      while (c == '%' && at < text.size() && text[at] == '%') ++at;
      while (c == ':' && at < text.size() && text[at] == '=') ++at;
      tokens.push_back({text.substr(begin, at - begin), false, line});
    }
  }
  return tokens;
}

/// "2.13.8" -> "_2.13", "3.2.1" -> "_3".
std::string suffix_of(std::string_view scala) {
  const std::vector<std::string_view> parts = base::split(scala, '.');
  if (parts[0] == "2" && parts.size() >= 2) return "_2." + std::string(parts[1]);
  return "_" + std::string(parts[0]);
}

class Program {
 public:
  Program(const File& file, Context& context)
      : tokens_(tokens_of(file.content)),
        packages_(file, context, "Maven", model::Evidence::Declared) {}

  void read() {
    for (std::size_t i = 0; i + 3 < tokens_.size(); ++i) {
      // val NAME = "TEXT", also with a type between.
      if (tokens_[i].text == "val" && !tokens_[i].quoted) {
        for (std::size_t j = i + 2; j < i + 5 && j + 1 < tokens_.size(); ++j) {
          if (tokens_[j].text == "=" && tokens_[j + 1].quoted) {
            values_.emplace(tokens_[i + 1].text, tokens_[j + 1].text);
          }
        }
      }
    }
    for (std::size_t i = 0; i + 2 < tokens_.size(); ++i) {
      if (tokens_[i].text == "scalaVersion" && tokens_[i + 1].text == ":=") {
        scala_ = value_of(tokens_[i + 2]);
      }
    }
    for (std::size_t i = 0; i + 4 < tokens_.size(); ++i) module(i);
    packages_.finish();
  }

 private:
  [[nodiscard]] std::optional<std::string_view> value_of(const Token& token) const {
    if (token.quoted) return token.text;
    // "versions.akka" and "Versions.akka" are vals of an object.
    const std::string_view name = token.text.substr(token.text.rfind('.') + 1);
    const auto found = values_.find(name);
    if (found == values_.end()) return std::nullopt;
    return found->second;
  }

  void module(std::size_t i) {
    // Behind another sign it is the middle of a module: "a" % "b" % "1.0" % "test".
    if (i > 0 && tokens_[i - 1].text.starts_with('%')) return;
    const std::string_view first = tokens_[i + 1].text;
    if (!tokens_[i].quoted || (first != "%" && first != "%%") || tokens_[i + 1].quoted ||
        !tokens_[i + 2].quoted || tokens_[i + 3].text != "%" || tokens_[i + 3].quoted) {
      return;
    }
    const bool plugin = i >= 2 && tokens_[i - 2].text == "addSbtPlugin";
    std::string name = std::string(tokens_[i].text) + ":" + std::string(tokens_[i + 2].text);
    const std::uint32_t line = tokens_[i].line;
    if (plugin) {
      name += "_2.12_1.0";
    } else if (first == "%%") {
      if (!scala_) return packages_.problem(line, "of " + name + " the Scala version is not known");
      name += suffix_of(*scala_);
    }
    const auto version = value_of(tokens_[i + 4]);
    if (!version || version->find_first_of("+[(,$") != std::string_view::npos) {
      return packages_.problem(line, "of " + name + " no exact version is in the file");
    }
    const std::size_t number = packages_.add(name, *version, line);
    if (number == FilePackages::kNone) return;
    packages_[number].relation = model::Relation::Direct;
    if (plugin) packages_[number].scope = "build";
    if (i + 6 < tokens_.size() && tokens_[i + 5].text == "%" &&
        base::lower(tokens_[i + 6].text) == "test") {
      packages_[number].scope = "test";
    }
  }

  std::vector<Token> tokens_;
  FilePackages packages_;
  std::unordered_map<std::string_view, std::string_view> values_;
  std::optional<std::string_view> scala_;
};

void read_lock(const File& file, Context& context) {
  FilePackages packages(file, context, "Maven", model::Evidence::Locked);
  base::JsonParser parser;
  const auto root = parser.parse_padded(file.content);
  if (!root) {
    packages.problem(root.error().what);
    return packages.finish();
  }
  const base::JsonLines lines(file.content);
  for (const base::Json& one : (*root)["dependencies"].items()) {
    const std::string name = std::string(one["org"].text()) + ":" + std::string(one["name"].text());
    const std::size_t number = packages.add(name, one["version"].text(), lines.of(one));
    if (number == FilePackages::kNone) continue;
    bool only_tests = false;
    for (const base::Json& configuration : one["configurations"].items()) {
      only_tests = configuration.text() == "test" || configuration.text() == "it";
      if (!only_tests) break;
    }
    if (only_tests) packages[number].scope = "test";
  }
  packages.finish();
}

void catalog(const File& file, Context& context) {
  if (file.path.ends_with(".lock")) return read_lock(file, context);
  const std::string folder = file.path.substr(0, file.path.rfind('/'));
  if (file.path.ends_with("/build.sbt") && context.view.stat(folder + "/build.sbt.lock")) return;
  Program(file, context).read();
}

constexpr Pattern kPatterns[] = {named("build.sbt.lock"), ending(".sbt")};

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {.name = "sbt",
                                       .title = "Scala packages (sbt)",
                                       .patterns = kPatterns,
                                       .catalog = catalog,
                                       .needs = Needs::Tree};
  return kCataloger;
}

}  // namespace vigil::inventory::sbt
