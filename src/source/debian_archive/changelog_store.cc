#include "source/debian_archive/changelog_store.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "base/file.h"
#include "base/hash.h"
#include "base/http.h"
#include "base/program.h"
#include "base/text.h"
#include "source/debian_archive/changelog.h"
#include "source/debian_archive/deb_package.h"

namespace vigil::source::debian_archive {
namespace {

/// Several small packages of a source may share one's directory of documents by a link.
constexpr std::size_t kTries = 8;

/// A file name of a text: what could lead elsewhere is written %XX.
std::string file_name(std::string_view text) {
  std::string name;
  for (const char c : text) {
    if (base::is_alnum(c) || std::string_view("+-.~:_").find(c) != std::string_view::npos) {
      name += c;
    } else {
      name += "%" + base::hex({&c, 1});
    }
  }
  return name;
}

/// apt writes "%3a" for the colon and "%5f" for the underscore (apt-pkg/acquire-item.cc).
std::string apt_quoted(std::string_view text) {
  std::string quoted;
  for (const char c : text) quoted += c == ':' ? "%3a" : c == '_' ? "%5f" : std::string(1, c);
  return quoted;
}

/// The local path of a file: or copy: address; empty for others.
std::string local_path(std::string_view base) {
  for (const std::string_view scheme : {"file:", "copy:"}) {
    if (!base.starts_with(scheme)) continue;
    base.remove_prefix(scheme.size());
    if (base.starts_with("//")) base.remove_prefix(std::min(base.find('/', 2), base.size()));
    return std::string(base);
  }
  return {};
}

bool is_plain_path(std::string_view filename) {
  if (filename.empty() || filename.size() > 4096 || filename.front() == '/') return false;
  if (std::ranges::any_of(filename, [](char c) {
        return static_cast<unsigned char>(c) <= ' ' || c == '?' || c == '#' || c == '\x7F';
      })) {
    return false;
  }
  const auto parts = base::split(filename, '/');
  return std::ranges::find(parts, "..") == parts.end();
}

std::string cache_name(const Candidate& candidate) {
  return file_name(candidate.source + "_" + candidate.version);
}

Result<void> check_sha256(const std::string& path, const Binary& binary) {
  VIGIL_TRY(const std::string hash, base::sha256_hex_of_file(path));
  if (binary.sha256.size() == 64 && hash == base::lower(binary.sha256)) return ok();
  return fail("the package is not the one that apt's list names: its SHA-256 differs",
              binary.filename, "apt-get update, then try again");
}

}  // namespace

std::uint64_t ChangelogStore::downloaded() const {
  const std::lock_guard lock(mutex_);
  return downloaded_;
}

void ChangelogStore::keep_only(const std::vector<Candidate>& candidates) const {
  namespace fs = std::filesystem;
  std::set<std::string> names;
  for (const Candidate& candidate : candidates) names.insert(cache_name(candidate));
  std::vector<fs::path> outdated;
  std::error_code error;
  for (fs::directory_iterator at(options_.directory + "/changelogs", error), end;
       !error && at != end; at.increment(error)) {
    if (!names.contains(at->path().filename().string())) outdated.push_back(at->path());
  }
  for (const fs::path& path : outdated) fs::remove(path, error);
}

std::string ChangelogStore::deb_of_apt(const Binary& binary) const {
  return options_.root + "/var/cache/apt/archives/" + apt_quoted(binary.package) + "_" +
         apt_quoted(binary.version) + "_" + apt_quoted(binary.architecture) + ".deb";
}

Result<void> ChangelogStore::reserve(const Binary& binary) {
  const std::lock_guard lock(mutex_);
  if (unreachable_.contains(binary.base)) {
    return fail("the mirror cannot be reached", {}, {}, ErrorCode::Network);
  }
  if (downloaded_ + binary.size > options_.total_limit) {
    return fail("more than " + std::to_string(options_.total_limit >> 20U) +
                    " MiB would have to be downloaded",
                {}, "run it again: what was read is kept", ErrorCode::TooLarge);
  }
  downloaded_ += binary.size;
  return ok();
}

Result<void> ChangelogStore::fetch(const Binary& binary, const std::string& path) {
  if (binary.base.empty()) {
    return fail("no source of apt names the list it is in", binary.package, {},
                ErrorCode::NotFound);
  }
  if (!base::equals_ignoring_case(binary.base.substr(0, 4), "http")) {
    return fail("its address is of a kind that is not understood", binary.base, {},
                ErrorCode::Unsupported);
  }
  if (options_.offline) return fail("not on this machine", binary.package, {}, ErrorCode::NotFound);
  VIGIL_CHECK(reserve(binary));
  base::HttpOptions how;
  how.user_agent = "vigil/" + std::string(base::program_version());
  how.allow_http = true;  // what is fetched is checked against apt's lists
  how.max_bytes = binary.size;
  how.attempts = 2;
  how.connect_timeout = options_.connect_timeout;
  how.stall_timeout = options_.stall_timeout;
  how.total_timeout = std::chrono::seconds(600);
  how.longest_wait = std::chrono::seconds(10);
  const auto got = base::http_download({binary.base + "/" + binary.filename, {}, {}}, how, path);
  if (got) return ok();
  const std::lock_guard lock(mutex_);
  downloaded_ -= binary.size;
  if (got.error().code == ErrorCode::Network) unreachable_.insert(binary.base);
  return fail(got.error());
}

Result<std::string> ChangelogStore::changelog_of(const Binary& binary,
                                                 StoredChangelog::From& from) {
  if (!is_plain_path(binary.filename)) return fail("its file name is strange", binary.package);
  if (binary.size == 0 || binary.size > options_.deb_limit) {
    return fail("the package is too large", binary.filename, {}, ErrorCode::TooLarge);
  }
  std::string path = deb_of_apt(binary);
  std::string downloaded;
  from = StoredChangelog::From::Disk;
  if (!base::exists(path) || !check_sha256(path, binary)) {
    const std::string local = local_path(binary.base);
    if (!local.empty()) {
      path = options_.root + local + "/" + binary.filename;
    } else {
      path = downloaded = options_.directory + "/downloads/" + file_name(binary.sha256) + ".deb";
      VIGIL_CHECK(base::make_directories(options_.directory + "/downloads"));
      VIGIL_CHECK(fetch(binary, path));
      from = StoredChangelog::From::Mirror;
    }
    const auto right = check_sha256(path, binary);
    if (!right) {
      if (!downloaded.empty()) ::unlink(downloaded.c_str());
      return fail(right.error());
    }
  }
  Result<std::optional<std::string>> found = std::nullopt;
  {
    VIGIL_TRY(const base::MappedFile deb, base::MappedFile::open(path));
    found = changelog_in_deb(deb.bytes(), binary.filename, binary.package);
  }
  if (!downloaded.empty()) ::unlink(downloaded.c_str());
  VIGIL_TRY(std::optional<std::string> changelog, std::move(found));
  if (!changelog) return fail("it holds no changelog", binary.package, {}, ErrorCode::NotFound);
  return std::move(*changelog);
}

Result<StoredChangelog> ChangelogStore::get(const Candidate& candidate) {
  const std::string cached = options_.directory + "/changelogs/" + cache_name(candidate);
  StoredChangelog result;
  if (const auto file = base::read_file(cached, kChangelogLimit)) {
    auto text = changelog_text(*file, cached);
    if (text) return StoredChangelog{std::move(*text), StoredChangelog::From::Cache};
  }
  Error why{"the archive has no package of it that could be read",
            candidate.source,
            {},
            ErrorCode::NotFound};
  const std::size_t tries = std::min(kTries, candidate.binaries.size());
  for (std::size_t i = 0; i < tries; ++i) {
    auto file = changelog_of(candidate.binaries[i], result.from);
    if (!file) {
      why = file.error();
      // Nobody answers, or enough was downloaded: the next package would fare no better.
      if (why.code == ErrorCode::Network) break;
      continue;
    }
    auto text = changelog_text(*file, candidate.binaries[i].filename);
    if (!text) {
      why = text.error();
      continue;
    }
    if (parse_changelog(*text, 1).empty()) {
      why = Error{"its changelog is none of Debian's form",
                  candidate.binaries[i].package,
                  {},
                  ErrorCode::Invalid};
      continue;
    }
    VIGIL_CHECK(base::make_directories(options_.directory + "/changelogs"));
    VIGIL_CHECK(base::write_file_atomically(cached, *file));
    result.text = std::move(*text);
    return result;
  }
  return fail(std::move(why));
}

}  // namespace vigil::source::debian_archive
