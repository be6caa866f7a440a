#include "inventory/operating_system.h"

#include <simdjson.h>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "base/text.h"
#include "inventory/os_release.h"

namespace vigil::inventory {
namespace {

using Values = std::map<std::string, std::string, std::less<>>;

/// None of these files is longer than a few kilobytes.
constexpr std::uint64_t kLimit = 256 * 1024;

struct Codename {
  std::string_view codename;
  std::string_view version;
};

constexpr Codename kDebian[] = {
    {"wheezy", "7"},    {"jessie", "8"},    {"stretch", "9"}, {"buster", "10"},
    {"bullseye", "11"}, {"bookworm", "12"}, {"trixie", "13"},
};
constexpr Codename kUbuntu[] = {
    {"trusty", "14.04"},   {"xenial", "16.04"}, {"bionic", "18.04"},   {"focal", "20.04"},
    {"jammy", "22.04"},    {"lunar", "23.04"},  {"mantic", "23.10"},   {"noble", "24.04"},
    {"oracular", "24.10"}, {"plucky", "25.04"}, {"questing", "25.10"},
};
/// Devuan's releases and the Debian they are made of (devuan.org/os/releases).
constexpr Codename kDevuan[] = {
    {"jessie", "8"},    {"ascii", "9"},     {"beowulf", "10"},
    {"chimaera", "11"}, {"daedalus", "12"}, {"excalibur", "13"},
};

template <std::size_t N>
std::string_view version_of(const Codename (&table)[N], std::string_view codename) {
  for (const Codename& entry : table) {
    if (entry.codename == codename) return entry.version;
  }
  return {};
}

std::string_view major(std::string_view version) {
  return version.substr(0, version.find('.'));
}

/// "3.21.2" -> "3.21"
std::string_view minor(std::string_view version) {
  const std::size_t first = version.find('.');
  if (first == std::string_view::npos) return version;
  return version.substr(0, version.find_first_not_of("0123456789", first + 1));
}

/// The content, or nothing; a file that is there and cannot be read is a problem.
std::optional<std::string> read(const tree::View& view, const char* path,
                                std::vector<Problem>& problems) {
  Result<std::string> content = view.read(path, kLimit);
  if (content) return std::move(*content);
  if (content.error().code != ErrorCode::NotFound) problems.push_back({path, content.error().what});
  return std::nullopt;
}

std::string first_line(std::string_view text) {
  return base::printable(base::trim(base::next_line(text).value_or("")));
}

/// The first number with dots in a line: "CentOS Linux release 7.9.2009 (Core)" -> "7.9.2009".
std::string first_version(std::string_view line) {
  const std::size_t begin = line.find_first_of("0123456789");
  if (begin == std::string_view::npos) return {};
  return std::string(line.substr(begin, line.find_first_not_of("0123456789.", begin) - begin));
}

void from_os_release(const Values& values, OperatingSystem& os) {
  const auto get = [&](std::string_view name) {
    const auto found = values.find(name);
    return found == values.end() ? std::string() : found->second;
  };
  os.id = base::lower(get("ID"));
  const std::string id_like = get("ID_LIKE");  // named: the words are views of it
  for (const std::string_view like : base::words(id_like)) {
    os.id_like.emplace_back(base::lower(like));
  }
  os.version = get("VERSION_ID");
  os.codename = get("VERSION_CODENAME");
  os.name = get("PRETTY_NAME");
  if (os.name.empty()) os.name = get("NAME");
  // Before VERSION_CODENAME: VERSION="9 (stretch)", "14.04.6 LTS, Trusty Tahr".
  if (os.codename.empty()) {
    const std::string version = get("VERSION");
    const std::size_t open = version.find('(');
    const std::size_t close = version.find(')', open == std::string::npos ? 0 : open);
    if (open != std::string::npos && close != std::string::npos) {
      os.codename = base::lower(version.substr(open + 1, close - open - 1));
    }
  }
  if (const std::string ubuntu = get("UBUNTU_CODENAME"); !ubuntu.empty() && os.id != "ubuntu") {
    os.ecosystem = ecosystem_of("ubuntu", version_of(kUbuntu, ubuntu), false);
  } else if (const std::string debian = get("DEBIAN_CODENAME");
             !debian.empty() && os.id != "debian") {
    os.ecosystem = ecosystem_of("debian", version_of(kDebian, debian), false);
  }
}

/// Systems without os-release: Debian 6, CentOS 6, Alpine 3.1 and older, and images that lost it.
void from_predecessors(const tree::View& view, OperatingSystem& os,
                       std::vector<Problem>& problems) {
  if (const auto text = read(view, "/etc/lsb-release", problems)) {
    const Values values = parse_os_release(*text);
    if (const auto id = values.find("DISTRIB_ID"); id != values.end() && !id->second.empty()) {
      os.id = base::lower(id->second);
      if (const auto it = values.find("DISTRIB_RELEASE"); it != values.end())
        os.version = it->second;
      if (const auto it = values.find("DISTRIB_CODENAME"); it != values.end())
        os.codename = it->second;
      if (const auto it = values.find("DISTRIB_DESCRIPTION"); it != values.end())
        os.name = it->second;
      return;
    }
  }
  if (const auto text = read(view, "/etc/alpine-release", problems)) {
    os.id = "alpine";
    os.version = first_line(*text);
    os.name = "Alpine Linux " + os.version;
    return;
  }
  for (const char* path : {"/etc/oracle-release", "/etc/centos-release", "/etc/rocky-release",
                           "/etc/almalinux-release", "/etc/fedora-release", "/etc/redhat-release",
                           "/etc/system-release"}) {
    const auto text = read(view, path, problems);
    if (!text) continue;
    const std::string line = first_line(*text);
    const std::string words = base::lower(line);
    constexpr std::pair<std::string_view, std::string_view> kNames[] = {
        {"centos", "centos"}, {"rocky", "rocky"},           {"almalinux", "almalinux"},
        {"oracle", "ol"},     {"fedora", "fedora"},         {"amazon", "amzn"},
        {"red hat", "rhel"},  {"scientific", "scientific"},
    };
    for (const auto& [word, id] : kNames) {
      if (words.find(word) == std::string::npos) continue;
      os.id = id;
      os.version = first_version(line);
      os.name = line;
      return;
    }
  }
  if (const auto text = read(view, "/etc/debian_version", problems)) {
    os.id = "debian";
    os.version = major(first_version(first_line(*text)));
    os.name = "Debian " + first_line(*text);
  }
}

/// Testing and unstable carry no VERSION_ID; both call themselves "trixie/sid". Their packages are
/// compared with what unstable holds: a fix in unstable that testing still lacks is lacking.
void settle_debian(const tree::View& view, OperatingSystem& os, std::vector<Problem>& problems) {
  if (os.id == "kali") {
    os.rolling = true;
    return;
  }
  if (!os.version.empty()) return;
  std::string release = os.name;
  if (const auto text = read(view, "/etc/debian_version", problems))
    release += " " + first_line(*text);
  if (release.find("/sid") != std::string::npos || os.codename == "sid" || os.codename == "ceres") {
    os.rolling = true;
    return;
  }
  // "12.4": a derivative's or damaged os-release.
  os.version = version_of(kDebian, os.codename);
  if (os.version.empty()) os.version = major(first_version(release));
}

/// Edge calls itself "3.22_alpha20250108", and a release whose main repository was pointed at edge
/// has edge's packages. A tagged repository ("@testing ...") takes only what was asked for.
void settle_alpine(const tree::View& view, OperatingSystem& os, std::vector<Problem>& problems) {
  if (os.version.find("_alpha") != std::string::npos) os.rolling = true;
  if (const auto text = read(view, "/etc/apk/repositories", problems)) {
    std::string_view rest = *text;
    while (const auto line = base::next_line(rest)) {
      const std::string_view repository = base::trim(*line);
      if (repository.starts_with('#') || repository.starts_with('@')) continue;
      if (repository.find("/edge/main") != std::string_view::npos) os.rolling = true;
    }
  }
}

void settle(const tree::View& view, OperatingSystem& os, std::vector<Problem>& problems) {
  if (os.id == "debian" || os.id == "raspbian" || os.id == "kali" || os.id == "devuan") {
    settle_debian(view, os, problems);
  } else if (os.id == "alpine") {
    settle_alpine(view, os, problems);
  } else if (os.id == "arch" || os.id == "archlinux" || os.id == "opensuse-tumbleweed" ||
             os.id == "wolfi" || os.id == "chainguard" || os.id == "minimos" || os.id == "gentoo") {
    os.rolling = true;
  }
  if (!os.ecosystem.empty()) return;
  std::string_view version = os.version;
  if (os.id == "devuan" && !os.rolling) version = version_of(kDevuan, os.codename);
  os.ecosystem = ecosystem_of(os.id, version, os.rolling);
  // CentOS before Stream was a rebuild with Red Hat's versions; Stream runs ahead of them.
  if (os.id == "centos" && base::lower(os.name).find("stream") != std::string::npos)
    os.ecosystem.clear();
}

}  // namespace

std::string ecosystem_of(std::string_view id, std::string_view version, bool rolling) {
  const auto with = [](std::string_view name, std::string_view release) {
    return release.empty() ? std::string() : std::string(name) + ":" + std::string(release);
  };
  if (id == "debian" || id == "raspbian" || id == "devuan" || id == "kali") {
    return rolling ? "Debian:sid" : with("Debian", major(version));
  }
  if (id == "ubuntu") return with("Ubuntu", version.substr(0, 5));
  if (id == "alpine") {
    if (rolling) return "Alpine:edge";
    return version.empty() ? std::string() : "Alpine:v" + std::string(minor(version));
  }
  if (id == "wolfi") return "Wolfi";
  if (id == "chainguard") return "Chainguard";
  if (id == "minimos") return "MinimOS";
  if (id == "alpaquita") return with("Alpaquita", version);
  if (id == "almalinux") return with("AlmaLinux", major(version));
  if (id == "rocky") return with("Rocky Linux", major(version));
  if (id == "rhel" || id == "centos") return with("Red Hat", major(version));
  if (id == "ol" || id == "oracle") return with("Oracle Linux", major(version));
  if (id == "amzn") return with("Amazon Linux", major(version));
  if (id == "fedora") return with("Fedora", version);
  if (id == "opensuse-tumbleweed") return "openSUSE:Tumbleweed";
  if (id == "opensuse-leap")
    return with("openSUSE", version.empty() ? "" : "Leap " + std::string(version));
  if (id == "sles" || id == "sles_sap") {
    std::string release(major(version));
    if (release.empty()) return {};
    const std::string_view pack =
        version.size() > release.size() ? version.substr(release.size() + 1) : "";
    if (!pack.empty() && pack != "0") release += " SP" + std::string(pack);
    return "SUSE:Linux Enterprise Server " + release;
  }
  if (id == "photon") return with("Photon OS", version);
  if (id == "azurelinux" || id == "mariner") return with("Azure Linux", major(version));
  if (id == "openeuler") return with("openEuler", version);
  if (id == "mageia") return with("Mageia", major(version));
  if (id == "arch" || id == "archlinux") return "Arch Linux";
  return {};
}

std::string_view version_of_codename(std::string_view id, std::string_view codename) {
  if (id == "debian") return version_of(kDebian, codename);
  if (id == "ubuntu") return version_of(kUbuntu, codename);
  return id == "devuan" ? version_of(kDevuan, codename) : std::string_view();
}

std::string_view package_manager_of(std::string_view ecosystem) {
  const std::string_view family = ecosystem.substr(0, ecosystem.find(':'));
  constexpr std::pair<std::string_view, std::string_view> kManagers[] = {
      {"Debian", "dpkg"},   {"Ubuntu", "dpkg"},       {"Alpine", "apk"},
      {"Wolfi", "apk"},     {"Chainguard", "apk"},    {"MinimOS", "apk"},
      {"Alpaquita", "apk"}, {"AlmaLinux", "rpm"},     {"Rocky Linux", "rpm"},
      {"Red Hat", "rpm"},   {"Oracle Linux", "rpm"},  {"Amazon Linux", "rpm"},
      {"Fedora", "rpm"},    {"openSUSE", "rpm"},      {"SUSE", "rpm"},
      {"Photon OS", "rpm"}, {"Azure Linux", "rpm"},   {"openEuler", "rpm"},
      {"Mageia", "rpm"},    {"Arch Linux", "pacman"},
  };
  for (const auto& [name, manager] : kManagers) {
    if (name == family) return manager;
  }
  return {};
}

std::set<std::string> parse_ubuntu_pro_status(std::string_view json) {
  std::set<std::string> enabled;
  simdjson::dom::parser parser;
  simdjson::dom::element status;
  if (parser.parse(json.data(), json.size()).get(status) != simdjson::SUCCESS) return enabled;
  bool attached = false;
  simdjson::dom::array services;
  if (status["attached"].get(attached) != simdjson::SUCCESS || !attached) return enabled;
  if (status["services"].get(services) != simdjson::SUCCESS) return enabled;
  for (const simdjson::dom::element service : services) {
    std::string_view name;
    std::string_view state;
    if (service["name"].get(name) != simdjson::SUCCESS) continue;
    if (service["status"].get(state) != simdjson::SUCCESS || state != "enabled") continue;
    if (name == "esm-infra" || name == "esm-apps") enabled.emplace(name);
  }
  return enabled;
}

std::span<const std::string_view> operating_system_files() {
  static constexpr std::string_view kFiles[] = {
      "/etc/os-release",       "/usr/lib/os-release",
      "/etc/lsb-release",      "/etc/alpine-release",
      "/etc/oracle-release",   "/etc/centos-release",
      "/etc/rocky-release",    "/etc/almalinux-release",
      "/etc/fedora-release",   "/etc/redhat-release",
      "/etc/system-release",   "/etc/debian_version",
      "/etc/apk/repositories", "/var/lib/ubuntu-advantage/status.json"};
  return kFiles;
}

OperatingSystem detect_operating_system(const tree::View& view, std::vector<Problem>& problems) {
  OperatingSystem os;
  for (const char* path : {"/etc/os-release", "/usr/lib/os-release"}) {
    const auto text = read(view, path, problems);
    if (!text) continue;
    from_os_release(parse_os_release(*text), os);
    if (!os.id.empty()) break;
  }
  if (os.id.empty()) from_predecessors(view, os, problems);
  settle(view, os, problems);
  if (os.ecosystem.starts_with("Ubuntu:")) {
    if (const auto text = read(view, "/var/lib/ubuntu-advantage/status.json", problems)) {
      os.extended_support = parse_ubuntu_pro_status(*text);
    }
  }
  return os;
}

}  // namespace vigil::inventory
