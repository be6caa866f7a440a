#include "source/debian_archive/apt_lists.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>

#include "base/file.h"
#include "base/text.h"
#include "source/debian_archive/changelog.h"

namespace vigil::source::debian_archive {
namespace {

constexpr std::uint64_t kReleaseLimit = 16U << 20U;

std::int64_t changed_at(const std::string& path) {
  struct stat status{};
  return ::stat(path.c_str(), &status) == 0 ? static_cast<std::int64_t>(status.st_mtime) : 0;
}

/// The names in a directory, sorted; none if it cannot be read.
std::vector<std::string> names_in(const std::string& directory) {
  std::vector<std::string> names;
  std::error_code error;
  for (std::filesystem::directory_iterator at(directory, error), end; !error && at != end;
       at.increment(error)) {
    names.push_back(at->path().filename().string());
  }
  std::ranges::sort(names);
  return names;
}

/// "..._Packages", or that with the suffix of a compression that is understood.
bool is_package_list(std::string_view name) {
  for (const std::string_view suffix : {".lz4", ".xz", ".gz", ".zst", ".bz2"}) {
    if (name.ends_with(suffix)) {
      name.remove_suffix(suffix.size());
      break;
    }
  }
  return name.ends_with("_Packages");
}

}  // namespace

Release parse_release(std::string_view text) {
  Release release;
  while (const auto line = base::next_line(text)) {
    const std::size_t colon = line->find(':');
    if (colon == std::string_view::npos || line->front() == ' ') continue;
    const std::string_view key = line->substr(0, colon);
    const std::string_view value = base::trim(line->substr(colon + 1)).substr(0, 256);
    if (key == "Origin") release.origin = value;
    if (key == "Suite") release.suite = value;
    if (key == "Codename") release.codename = value;
    if (key == "Version") release.version = value;
    if (key == "Date") release.date = parse_mail_date(value);
    if (key == "Valid-Until") release.valid_until = parse_mail_date(value);
    if (key == "SHA256" || key == "MD5Sum" || key == "SHA1") break;  // the head ends here
  }
  return release;
}

bool serves(const Release& release, std::string_view ecosystem, std::string_view codename) {
  const std::size_t colon = ecosystem.find(':');
  if (colon == std::string_view::npos || release.origin != ecosystem.substr(0, colon)) return false;
  for (const std::string_view name :
       {std::string_view(release.suite), std::string_view(release.codename)}) {
    if (name.find("backports") != std::string_view::npos ||
        name.find("proposed") != std::string_view::npos) {
      return false;
    }
  }
  // "bookworm", "bookworm-security", "buster/updates"; derivatives have codenames of their own, so
  // the number counts too: "12", "12.15", "12-updates", "24.04".
  const std::string_view plain =
      std::string_view(release.codename).substr(0, release.codename.find_first_of("-/"));
  if (!codename.empty() && plain == codename) return true;
  const std::string_view number = ecosystem.substr(colon + 1);
  const std::string_view version = release.version;
  return !number.empty() && version.starts_with(number) &&
         (version.size() == number.size() || !base::is_digit(version[number.size()]));
}

AptLists find_apt_lists(const std::string& directory, const std::vector<AptSource>& sources,
                        std::string_view ecosystem, std::string_view codename) {
  AptLists found;
  const std::vector<std::string> names = names_in(directory);
  for (const std::string& name : names) {
    std::string_view prefix = name;
    if (prefix.ends_with("_InRelease")) {
      prefix.remove_suffix(9);
    } else if (prefix.ends_with("_Release")) {
      prefix.remove_suffix(7);
    } else {
      continue;
    }
    const auto text = base::read_file(directory + "/" + name, kReleaseLimit);
    if (!text) continue;
    const Release release = parse_release(*text);
    if (!serves(release, ecosystem, codename)) continue;
    const bool security = release.suite.find("security") != std::string::npos ||
                          release.codename.find("security") != std::string::npos ||
                          release.codename.ends_with("/updates");
    const auto source = std::ranges::find_if(
        sources, [&](const AptSource& one) { return list_prefix(one) == prefix; });
    bool any = false;
    for (const std::string& list : names) {
      if (!list.starts_with(prefix) || !is_package_list(list)) continue;
      any = true;
      const std::string path = directory + "/" + list;
      // A repository may keep both Release and InRelease.
      if (std::ranges::any_of(found.lists, [&](const auto& one) { return one.path == path; })) {
        continue;
      }
      found.lists.push_back({path, source == sources.end() ? "" : source->uri, security});
    }
    if (!any) continue;
    found.has_security = found.has_security || security;
    found.date = std::max(found.date, release.date);
    found.fetched = std::max(found.fetched, changed_at(directory + "/" + name));
    if (release.valid_until != 0 &&
        (found.valid_until == 0 || release.valid_until < found.valid_until)) {
      found.valid_until = release.valid_until;
    }
  }
  if (!found.lists.empty()) found.fetched = std::max(found.fetched, changed_at(directory));
  return found;
}

}  // namespace vigil::source::debian_archive
