// Debian changelogs (deb-changelog(5)): the uploads of a source package, newest first.
//
//   openssl (3.0.15-1~deb12u1) bookworm; urgency=medium
//
//     * Fix CVE-2024-6119 (Closes: #1074487).
//
//    -- Some Body <somebody@example.org>  Sat, 05 Oct 2024 19:26:03 +0200
//
// Tolerant: what is neither header, change nor trailer (editor settings, the free forms of the
// 1990s) is passed over. Time is linear in the text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vigil::source::debian_archive {

struct Upload {
  std::string source;
  std::string version;
  std::string distribution;       ///< "bookworm-security"; several are separated by blanks
  std::string urgency;            ///< as written: "high"; empty if not stated
  std::int64_t date = 0;          ///< seconds since 1970; 0 if unreadable
  std::vector<std::string> cves;  ///< that its text mentions, each once
};

/// In the order of the text. Entries past `most` are left out.
std::vector<Upload> parse_changelog(std::string_view text, std::size_t most = 100'000);

/// "Sat, 05 Oct 2024 19:26:03 +0200" (RFC 5322 section 3.3, the weekday optional; "UTC" and "GMT"
/// are zones too); 0 for anything else.
std::int64_t parse_mail_date(std::string_view text);

}  // namespace vigil::source::debian_archive
