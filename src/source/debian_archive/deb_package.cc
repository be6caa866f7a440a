#include "source/debian_archive/deb_package.h"

#include "base/archive.h"
#include "base/text.h"

namespace vigil::source::debian_archive {
namespace {

constexpr std::string_view kArMagic = "!<arch>\n";
constexpr std::size_t kArHeader = 60;  // ar(5): name 16, date 12, ids 6 + 6, mode 8, size 10, "`\n"

tl::unexpected<Error> damaged(std::string what, const std::string& name) {
  return fail(std::move(what), name, "fetch it again: it may be cut short");
}

/// The member data.tar.*; its name goes to `member`.
Result<std::string_view> data_member(std::string_view deb, const std::string& name,
                                     std::string& member) {
  if (!deb.starts_with(kArMagic)) return damaged("it is no Debian package", name);
  std::string_view rest = deb.substr(kArMagic.size());
  while (!rest.empty()) {
    if (rest.size() < kArHeader || rest.substr(58, 2) != "`\n") {
      return damaged("the Debian package is damaged", name);
    }
    std::string_view label = base::trim(rest.substr(0, 16));
    if (label.ends_with('/')) label.remove_suffix(1);
    const auto size = base::parse_unsigned(base::trim(rest.substr(48, 10)));
    rest.remove_prefix(kArHeader);
    if (!size || *size > rest.size()) return damaged("the Debian package ends in the middle", name);
    const auto length = static_cast<std::size_t>(*size);
    if (label.starts_with("data.tar")) {
      member = label;
      return rest.substr(0, length);
    }
    rest.remove_prefix(std::min(rest.size(), length + length % 2));
  }
  return damaged("the Debian package has no data", name);
}

}  // namespace

Result<std::optional<std::string>> changelog_in_deb(std::string_view deb, const std::string& name,
                                                    std::string_view package) {
  std::string member;
  VIGIL_TRY(const std::string_view data, data_member(deb, name, member));
  const std::string directory = "usr/share/doc/" + std::string(package) + "/";
  std::optional<std::string> of_debian;
  std::optional<std::string> native;
  base::ArchiveLimits limits;
  limits.total_bytes = std::uint64_t{8} << 30U;
  const auto walked = base::for_each_entry_in(
      data, name + " " + member, limits, [&](base::ArchiveEntry& entry) -> Result<void> {
        std::string_view path = entry.name;
        while (path.starts_with("./") || path.starts_with('/'))
          path.remove_prefix(path[0] == '/' ? 1 : 2);
        if (!path.starts_with(directory)) return ok();
        path.remove_prefix(directory.size());
        const bool debian = path == "changelog.Debian.gz" || path == "changelog.Debian";
        if (!debian && path != "changelog.gz" && path != "changelog") return ok();
        VIGIL_TRY(std::string file, base::read_all(entry.content, kChangelogLimit));
        (debian ? of_debian : native) = std::move(file);
        // Nothing better can come: this ends the walk.
        return debian ? Result<void>(fail("found")) : ok();
      });
  if (of_debian) return of_debian;
  VIGIL_CHECK(walked);
  return native;
}

Result<std::string> changelog_text(std::string_view file, const std::string& name) {
  std::string text;
  base::ArchiveLimits limits;
  limits.entry_bytes = std::uint64_t{128} << 20U;
  VIGIL_CHECK(
      base::for_each_entry_in(file, name, limits, [&](base::ArchiveEntry& entry) -> Result<void> {
        VIGIL_TRY(text, base::read_all(entry.content, limits.entry_bytes));
        return ok();
      }));
  return text;
}

}  // namespace vigil::source::debian_archive
