#include "source/debian_archive/fetch_lists.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <map>

#include "base/file.h"
#include "base/hash.h"
#include "base/http.h"
#include "base/program.h"
#include "base/text.h"
#include "source/debian_archive/apt_lists.h"
#include "source/debian_archive/program.h"

namespace vigil::source::debian_archive {
namespace {

constexpr std::uint64_t kReleaseLimit = 4U << 20U;
constexpr std::uint64_t kListLimit = 256U << 20U;

base::HttpOptions http_options(const FetchListsOptions& options, std::uint64_t limit) {
  base::HttpOptions how;
  how.user_agent = "vigil/" + std::string(base::program_version());
  how.allow_http = true;  // signature and SHA-256 are checked
  how.max_bytes = limit;
  how.attempts = 2;
  how.connect_timeout = options.connect_timeout;
  how.stall_timeout = std::chrono::seconds(30);
  how.total_timeout = std::chrono::seconds(300);
  how.longest_wait = std::chrono::seconds(10);
  return how;
}

std::string default_keyring(std::string_view ecosystem) {
  return ecosystem.starts_with("Ubuntu:") ? "/usr/share/keyrings/ubuntu-archive-keyring.gpg"
                                          : "/usr/share/keyrings/debian-archive-keyring.gpg";
}

/// The text that is signed, as gpgv saw it; nothing behind or before the signature counts.
Result<std::string> verified(const std::string& signed_file, const std::string& keyring) {
  const std::string output = signed_file + ".text";
  ::unlink(output.c_str());
  const auto result =
      run_program({"gpgv", "--quiet", "--keyring", keyring, "--output", output, signed_file},
                  std::chrono::seconds(30));
  auto text = base::read_file(output, kReleaseLimit);
  ::unlink(output.c_str());
  if (!result) return fail(result.error());
  if (result->exit_code != 0 || !text) {
    std::string_view reason = base::trim(result->output);
    reason = reason.substr(reason.rfind('\n') + 1);
    return fail("the signature of InRelease is not the archive's: " +
                base::printable(reason.substr(0, 200)));
  }
  return text;
}

class Fetch {
 public:
  Fetch(const FetchListsOptions& options, std::vector<std::string>& notes)
      : options_(options),
        notes_(notes),
        keyring_(options.keyring.empty() ? default_keyring(options.ecosystem) : options.keyring) {}

  void source(const AptSource& source) {
    if (!source.uri.starts_with("http:") && !source.uri.starts_with("https:")) return;
    const std::string prefix = list_prefix(source);
    if (unreachable_.contains(source.uri) || !done_.insert(prefix).second) return;
    const auto fetched = fetch(source, prefix);
    if (fetched) return;
    if (fetched.error().code == ErrorCode::Network) unreachable_.insert(source.uri);
    notes_.push_back(source.uri + " " + source.suite + ": " + fetched.error().text());
  }

 private:
  Result<void> fetch(const AptSource& source, const std::string& prefix) {
    const std::string address = source.uri + "/dists/" + source.suite + "/";
    show(source.suite + " InRelease");
    VIGIL_TRY(const base::HttpBody body, base::http_get({address + "InRelease", {}, {}},
                                                        http_options(options_, kReleaseLimit)));
    // Another vendor's archive needs no further look, nor a key.
    if (!serves(parse_release(body.bytes), options_.ecosystem, options_.codename)) return ok();
    VIGIL_TRY(const std::string release, check_signature(body.bytes, prefix));
    if (!serves(parse_release(release), options_.ecosystem, options_.codename)) return ok();
    const auto files = package_lists_of(release, source.components, options_.architectures);
    if (files.empty()) return fail("InRelease names no list of packages", address);
    for (const ReleaseFile& file : files) VIGIL_CHECK(list(address, prefix, file));
    return base::write_file_atomically(options_.directory + "/" + prefix + "InRelease", release);
  }

  Result<std::string> check_signature(const std::string& text, const std::string& prefix) {
    if (!base::exists(keyring_)) return unverified(text, keyring_ + " is not installed");
    const std::string file = options_.directory + "/" + prefix + "InRelease.new";
    VIGIL_CHECK(base::write_file_atomically(file, text));
    auto release = verified(file, keyring_);
    ::unlink(file.c_str());
    if (!release && release.error().code == ErrorCode::NotFound) {
      return unverified(text, "gpgv is not installed");
    }
    return release;
  }

  std::string unverified(const std::string& text, const std::string& why) {
    const std::string note = "the archive's signature was not checked: " + why;
    if (std::ranges::find(notes_, note) == notes_.end()) notes_.push_back(note);
    return text;
  }

  Result<void> list(const std::string& address, const std::string& prefix,
                    const ReleaseFile& file) {
    if (file.size > kListLimit) return fail("the list is too large", file.path);
    const std::string path =
        options_.directory + "/" + prefix + base::replace_all(file.path, "/", "_");
    if (is_right(path, file)) return ok();
    show(file.path);
    VIGIL_CHECK(base::http_download({address + file.path, {}, {}},
                                    http_options(options_, file.size), path));
    if (is_right(path, file)) return ok();
    ::unlink(path.c_str());
    return fail("the list is not the one that InRelease names: its SHA-256 differs", file.path,
                "the mirror may be in the middle of an update: try again later");
  }

  static bool is_right(const std::string& path, const ReleaseFile& file) {
    if (!base::exists(path)) return false;
    const auto hash = base::sha256_hex_of_file(path);
    return hash && *hash == file.sha256;
  }

  void show(const std::string& detail) {
    if (options_.progress) options_.progress(detail);
  }

  const FetchListsOptions& options_;
  std::vector<std::string>& notes_;
  std::string keyring_;
  std::set<std::string> done_;
  std::set<std::string> unreachable_;
};

}  // namespace

std::vector<ReleaseFile> package_lists_of(std::string_view release,
                                          const std::vector<std::string>& components,
                                          const std::set<std::string>& architectures) {
  constexpr std::array<std::string_view, 3> kSuffixes = {".xz", ".gz", ""};
  std::set<std::string, std::less<>> wanted;
  for (const std::string& component : components) {
    for (const std::string& architecture : architectures) {
      wanted.insert(component + "/binary-" + architecture + "/Packages");
    }
  }
  std::map<std::string, std::pair<std::size_t, ReleaseFile>, std::less<>> best;
  bool inside = false;
  while (const auto line = base::next_line(release)) {
    if (line->empty() || line->front() != ' ') {
      inside = line->starts_with("SHA256:");
      continue;
    }
    const auto words = base::words(*line);
    if (!inside || words.size() != 3 || words[0].size() != 64) continue;
    for (std::size_t i = 0; i < kSuffixes.size(); ++i) {
      std::string_view path = words[2];
      if (!path.ends_with(kSuffixes[i])) continue;
      path.remove_suffix(kSuffixes[i].size());
      if (!wanted.contains(path)) continue;
      const auto known = best.find(path);
      if (known != best.end() && known->second.first <= i) break;
      best[std::string(path)] = {i,
                                 {std::string(words[2]), base::lower(words[0]),
                                  base::parse_unsigned(words[1]).value_or(0)}};
      break;
    }
  }
  std::vector<ReleaseFile> files;
  for (auto& [path, file] : best) files.push_back(std::move(file.second));
  return files;
}

void fetch_lists(const std::vector<AptSource>& sources, const FetchListsOptions& options,
                 std::vector<std::string>& notes) {
  const auto made = base::make_directories(options.directory);
  if (!made) {
    notes.push_back(made.error().text());
    return;
  }
  Fetch fetch(options, notes);
  for (const AptSource& source : sources) fetch.source(source);
}

}  // namespace vigil::source::debian_archive
