// WordPress: its core, plugins and themes.
//
// What:
//   - wp-includes/version.php assigns $wp_version = '6.1.1';
//   - wp-content/plugins/SLUG/*.php (or plugins/FILE.php): one of the files opens with a comment that
//     has a line "Plugin Name: ..." and mostly "Version: ...", "License: ...".
//   - wp-content/themes/SLUG/style.css: the same with "Theme Name: ...".
//
// References: developer.wordpress.org (plugins/plugin-basics/header-requirements,
// themes/basics/main-stylesheet-style-css), get_file_data() in wp-includes/functions.php.
//
// Traps:
//   - WordPress looks at the first 8 KiB only, and takes a header where a line is nothing but blanks,
//     '/', '*', '#', '@' and perhaps "<?php" before it; capitals do not matter.
//   - What advisories call a plugin is its folder (the slug), never its title.
//   - A plugin and a theme may have the same slug; hence the names "plugin/SLUG" and "theme/SLUG".
//   - The folder may be called otherwise than wp-content; then plugins are not seen here.
//
// Not handled: readme.txt, whose "Stable tag" speaks of the registry and not of what lies here;
// plugins without a version; WordPress' own advisories of core are in NVD, hence its CPE.

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "base/text.h"
#include "inventory/cataloger.h"
#include "inventory/file_packages.h"

namespace vigil::inventory::wordpress {
namespace {

constexpr std::size_t kHead = 8192;

/// "plugin/SLUG" or "theme/SLUG" of a path that may hold a header; empty for others.
std::string name_of(std::string_view path) {
  struct Kind {
    std::string_view folder;
    std::string_view name;
  };
  for (const Kind& kind :
       {Kind{"/wp-content/plugins/", "plugin/"}, Kind{"/wp-content/mu-plugins/", "plugin/"},
        Kind{"/wp-content/themes/", "theme/"}}) {
    const std::size_t found = path.rfind(kind.folder);
    if (found == std::string_view::npos) continue;
    const std::string_view rest = path.substr(found + kind.folder.size());
    const std::size_t slash = rest.find('/');
    const bool theme = kind.name == "theme/";
    if (theme && (slash == std::string_view::npos || rest.substr(slash) != "/style.css")) return {};
    if (!theme && !rest.ends_with(".php")) return {};
    if (slash != std::string_view::npos && rest.find('/', slash + 1) != std::string_view::npos) {
      return {};
    }
    const bool file = slash == std::string_view::npos;
    return std::string(kind.name) +
           std::string(file ? rest.substr(0, rest.size() - 4) : rest.substr(0, slash));
  }
  return {};
}

struct Header {
  std::string value;
  std::uint32_t line = 0;
};

/// As get_file_data() finds it.
std::optional<Header> header(std::string_view text, std::string_view name) {
  std::uint32_t number = 0;
  while (const auto line = base::next_line(text)) {
    ++number;
    std::string_view rest = *line;
    const std::size_t blank = rest.find_first_not_of(" \t");
    if (blank == std::string_view::npos) continue;
    if (rest.substr(blank).starts_with("<?php")) rest.remove_prefix(blank + 5);
    const std::size_t start = rest.find_first_not_of(" \t/*#@");
    if (start == std::string_view::npos) continue;
    rest.remove_prefix(start);
    if (rest.size() <= name.size() || rest[name.size()] != ':' ||
        !base::equals_ignoring_case(rest.substr(0, name.size()), name)) {
      continue;
    }
    rest.remove_prefix(name.size() + 1);
    rest = rest.substr(0, std::min(rest.find("*/"), rest.find("?>")));
    return Header{std::string(base::trim(rest)), number};
  }
  return std::nullopt;
}

/// $wp_version = '6.1.1';
Header core_version(std::string_view text) {
  std::uint32_t number = 0;
  while (const auto line = base::next_line(text)) {
    ++number;
    std::string_view rest = base::trim(*line);
    if (!rest.starts_with("$wp_version")) continue;
    const std::size_t open = rest.find_first_of("'\"");
    if (open == std::string_view::npos) continue;
    const std::size_t end = rest.find(rest[open], open + 1);
    if (end == std::string_view::npos) continue;
    return {std::string(rest.substr(open + 1, end - open - 1)), number};
  }
  return {};
}

void read_core(const File& file, FilePackages& packages) {
  const Header version = core_version(file.content);
  const std::size_t added = packages.add("wordpress", version.value, version.line);
  if (added == FilePackages::kNone) return;
  packages[added].cpe = "cpe:2.3:a:wordpress:wordpress:" + version.value + ":*:*:*:*:*:*:*";
  packages[added].license = "GPL-2.0-or-later";
}

void read_extension(const File& file, FilePackages& packages) {
  const std::string name = name_of(file.path);
  const std::string_view head = file.content.substr(0, kHead);
  const auto title = header(head, name.starts_with("theme/") ? "Theme Name" : "Plugin Name");
  if (!title) return;
  const auto version = header(head, "Version");
  if (!version) return packages.problem(title->line, "a header of " + name + " without Version");
  const std::size_t added = packages.add(name, version->value, version->line);
  if (added == FilePackages::kNone) return;
  if (const auto license = header(head, "License")) {
    packages[added].license = base::printable(license->value.substr(0, 200));
  }
}

void catalog(const File& file, Context& context) {
  FilePackages packages(file, context, "wordpress", model::Evidence::Installed);
  if (file.path.ends_with("/wp-includes/version.php")) {
    read_core(file, packages);
  } else {
    read_extension(file, packages);
  }
  packages.finish();
}

bool wants(std::string_view path) {
  return path.ends_with("/wp-includes/version.php") || !name_of(path).empty();
}

constexpr Pattern kPatterns[] = {ending(".php"), named("style.css")};
constexpr std::uint64_t kLimit = std::uint64_t{16} << 20;

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {"wordpress", "WordPress, its plugins and themes",
                                       kPatterns,   catalog,
                                       nullptr,     Needs::File,
                                       {},          wants,
                                       kLimit};
  return kCataloger;
}

}  // namespace vigil::inventory::wordpress
