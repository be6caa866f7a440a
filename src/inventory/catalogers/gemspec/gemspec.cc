// Ruby gems that are installed: what RubyGems writes into specifications/.
//
// What: one Ruby program for each gem, `specifications/NAME-VERSION.gemspec`, those that came with
// Ruby itself in `specifications/default/`. RubyGems does not want to run them all either, so it
// writes what it needs into a comment first: "# stub: rack 2.2.4 ruby lib" is name, version,
// platform and the folders to load from.
//
// References: RubyGems' stub_specification.rb, specification.rb (to_ruby, to_ruby_for_cache).
//
// Traps:
//   - A project's own NAME.gemspec is a program that may compute its version; nobody runs it here,
//     and only those below a `specifications` folder are looked at.
//   - Old files have no stub line: then the assignments `s.name = "rack"` and `s.version = ...`
//     count if they are plain texts, as to_ruby writes them.
//   - Default gems are in use unless a newer one is installed beside them.
//
// Not handled: who requires whom, because a gem requires ranges and the others stand in files of
// their own; packed gems (*.gem), which are not installed.

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "inventory/cataloger.h"
#include "inventory/file_packages.h"
#include "inventory/language_package.h"

namespace vigil::inventory::gemspec {
namespace {

struct Specification {
  std::string name;
  std::string version;
  std::string platform;
  std::string license;
  std::uint32_t line = 0;
};

/// The texts between double quotes (or %q<>) in an expression: ["MIT".freeze, "Ruby".freeze].
std::vector<std::string_view> quoted(std::string_view text) {
  std::vector<std::string_view> out;
  while (true) {
    const std::size_t quote = text.find('"');
    const std::size_t percent = text.find("%q<");
    const bool is_quote = quote < percent;
    if (std::min(quote, percent) == std::string_view::npos) return out;
    text.remove_prefix(is_quote ? quote + 1 : percent + 3);
    const std::size_t end = text.find(is_quote ? '"' : '>');
    if (end == std::string_view::npos) return out;
    out.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
}

/// "  s.version = ..." with member "version" is "...".
std::optional<std::string_view> assigned(std::string_view line, std::string_view member) {
  line = base::trim(line);
  if (!line.starts_with("s.")) return std::nullopt;
  line.remove_prefix(2);
  if (!line.starts_with(member)) return std::nullopt;
  line = base::trim(line.substr(member.size()));
  if (!line.starts_with('=') || line.starts_with("==")) return std::nullopt;
  return base::trim(line.substr(1));
}

void take_assignment(std::string_view line, std::uint32_t number, Specification& out) {
  if (const auto value = assigned(line, "name"); value && out.name.empty()) {
    const auto texts = quoted(*value);
    if (texts.size() == 1) out.name = texts[0];
  }
  if (const auto value = assigned(line, "version"); value && out.version.empty()) {
    const auto texts = quoted(*value);
    if (texts.size() == 1) {
      out.version = texts[0];
      out.line = number;
    }
  }
  for (const std::string_view member : {"licenses", "license"}) {
    const auto value = assigned(line, member);
    if (!value || !out.license.empty()) continue;
    for (const std::string_view text : quoted(*value)) {
      out.license += (out.license.empty() ? "" : ", ") + base::printable(text);
    }
  }
}

Specification parse(std::string_view text) {
  constexpr std::string_view kStub = "# stub: ";
  Specification out;
  std::uint32_t number = 0;
  while (const auto line = base::next_line(text)) {
    ++number;
    if (out.name.empty() && line->starts_with(kStub)) {
      const auto parts = base::words(line->substr(kStub.size()));
      if (parts.size() < 3) continue;
      out.name = parts[0];
      out.version = parts[1];
      if (parts[2] != "ruby") out.platform = parts[2];
      out.line = number;
    } else {
      take_assignment(*line, number, out);
    }
  }
  return out;
}

void catalog(const File& file, Context& context) {
  FilePackages packages(file, context, "RubyGems", model::Evidence::Installed);
  Specification found = parse(file.content);
  const std::size_t added = packages.add(found.name, found.version, found.line);
  if (added != FilePackages::kNone) {
    packages[added].license = std::move(found.license);
    packages[added].architecture = base::printable(found.platform);
    add_qualifier(packages[added], "platform", found.platform);
  }
  packages.finish();
}

bool wants(std::string_view path) {
  return path.find("/specifications/") != std::string_view::npos;
}

constexpr Pattern kPatterns[] = {ending(".gemspec")};
constexpr std::uint64_t kLimit = std::uint64_t{4} << 20;

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {"gemspec", "Installed Ruby gems", kPatterns, catalog,
                                       nullptr,   Needs::File,           {},        wants,
                                       kLimit};
  return kCataloger;
}

}  // namespace vigil::inventory::gemspec
