#include "inventory/runtime/kernel.h"

#include <algorithm>
#include <optional>

#include "base/text.h"

namespace vigil::inventory {
namespace {

bool is_of(const model::Package& package, std::string_view type) {
  return package.package_url.starts_with("pkg:" + std::string(type) + "/");
}

/// The release a Debian or Ubuntu package carries in its name: "linux-image-6.1.0-28-amd64" ->
/// "6.1.0-28-amd64", "linux-image-unsigned-5.15.0-91-generic". Nothing for metapackages
/// ("linux-image-amd64", "linux-image-generic-hwe-22.04").
std::optional<std::string_view> debian_release(std::string_view name) {
  constexpr std::string_view kPrefixes[] = {"linux-image-unsigned-", "linux-image-uc-",
                                            "linux-image-", "linux-modules-extra-",
                                            "linux-modules-"};
  for (const std::string_view prefix : kPrefixes) {
    if (!name.starts_with(prefix)) continue;
    std::string_view release = name.substr(prefix.size());
    if (release.empty() || !base::is_digit(release.front())) return std::nullopt;
    // Not the running file but beside it: debug symbols and Debian's unsigned build.
    for (const std::string_view suffix : {"-dbg", "-dbgsym", "-unsigned"}) {
      if (release.ends_with(suffix)) release.remove_suffix(suffix.size());
    }
    return release;
  }
  return std::nullopt;
}

/// "kernel", "kernel-core", "kernel-rt-modules-extra", "kernel-uek", "kernel-default" and so on; with
/// the word that `uname -r` of that flavour ends with.
struct RpmKernel {
  std::string_view name;
  std::string_view flavour;  ///< Red Hat: "+rt" or ".rt14" forms; SUSE: "-default"
  bool suse;
};
constexpr RpmKernel kRpmKernels[] = {
    {"kernel", "", false},
    {"kernel-core", "", false},
    {"kernel-modules", "", false},
    {"kernel-modules-core", "", false},
    {"kernel-modules-extra", "", false},
    {"kernel-modules-extra-common", "", false},
    {"kernel-modules-internal", "", false},
    {"kernel-debug", "debug", false},
    {"kernel-debug-core", "debug", false},
    {"kernel-debug-modules", "debug", false},
    {"kernel-debug-modules-core", "debug", false},
    {"kernel-debug-modules-extra", "debug", false},
    {"kernel-64k", "64k", false},
    {"kernel-64k-core", "64k", false},
    {"kernel-64k-modules", "64k", false},
    {"kernel-64k-modules-core", "64k", false},
    {"kernel-rt", "rt", false},
    {"kernel-rt-core", "rt", false},
    {"kernel-rt-modules", "rt", false},
    {"kernel-rt-modules-core", "rt", false},
    {"kernel-rt-modules-extra", "rt", false},
    {"kernel-uek", "", false},
    {"kernel-uek-core", "", false},
    {"kernel-uek-modules", "", false},
    {"kernel-uek-modules-extra", "", false},
    {"kernel6.12", "", false},
    {"kernel-livepatch", "", false},
    {"kernel-default", "default", true},
    {"kernel-default-base", "default", true},
    {"kernel-azure", "azure", true},
    {"kernel-rt_debug", "rt_debug", true},
    {"kernel-64kb", "64kb", true},
    {"kernel-kvmsmall", "kvmsmall", true},
    {"kernel-preempt", "preempt", true},
};

const RpmKernel* rpm_kernel(std::string_view name) {
  for (const RpmKernel& kernel : kRpmKernels) {
    if (kernel.name == name) return &kernel;
  }
  return nullptr;
}

std::string_view without_epoch(std::string_view version) {
  const std::size_t colon = version.find(':');
  return colon == std::string_view::npos ? version : version.substr(colon + 1);
}

/// Red Hat: "5.14.0-503.11.1.el9_5.x86_64", with "+rt", "+debug" or "+64k" behind, before RHEL 9 ".rt7"
/// inside and ".debug" behind; also kernel-rt of RHEL 9 packages a release without "+rt".
bool runs_red_hat(const model::Package& package, const RpmKernel& kernel,
                  std::string_view release) {
  const std::string own = std::string(without_epoch(package.version)) + "." + package.architecture;
  if (!release.starts_with(own)) return false;
  const std::string_view rest = release.substr(own.size());
  if (kernel.flavour.empty()) return rest.empty();
  if (rest.empty())
    return kernel.flavour == "rt" && package.version.find(".rt") != std::string::npos;
  return (rest.front() == '+' || rest.front() == '.') && rest.substr(1) == kernel.flavour;
}

/// SUSE: the package 5.14.21-150500.55.88.1 runs as "5.14.21-150500.55.88-default": the last number
/// of the release, the count of rebuilds, is left out.
bool runs_suse(const model::Package& package, const RpmKernel& kernel, std::string_view release) {
  std::string_view own = without_epoch(package.version);
  const std::string end = "-" + std::string(kernel.flavour);
  if (!release.ends_with(end)) return false;
  release.remove_suffix(end.size());
  if (own == release) return true;
  const std::size_t dot = own.rfind('.');
  return dot != std::string_view::npos && own.substr(0, dot) == release;
}

/// "linux-lts", "linux-virt": everything but headers, firmware, documentation and sources.
std::optional<std::string_view> alpine_flavour(std::string_view name) {
  constexpr std::string_view kFlavours[] = {"lts",  "virt",    "edge",     "stable", "rpi",
                                            "rpi4", "vanilla", "hardened", "grsec",  "openpax"};
  if (!name.starts_with("linux-")) return std::nullopt;
  name.remove_prefix(6);
  if (std::find(std::begin(kFlavours), std::end(kFlavours), name) == std::end(kFlavours))
    return std::nullopt;
  return name;
}

bool runs_alpine(const model::Package& package, std::string_view flavour,
                 std::string_view release) {
  const std::size_t revision = package.version.rfind("-r");
  if (revision == std::string::npos) return false;
  const std::string own =
      package.version.substr(0, revision) + "-" + package.version.substr(revision + 2);
  return release == own + "-" + std::string(flavour);
}

}  // namespace

bool is_kernel_package(const model::Package& package) {
  if (is_of(package, "deb")) return debian_release(package.name).has_value();
  if (is_of(package, "rpm")) return rpm_kernel(package.name) != nullptr;
  if (is_of(package, "apk")) return alpine_flavour(package.name).has_value();
  return false;
}

bool is_running_kernel_package(const model::Package& package, const Runtime& runtime) {
  if (runtime.machine == Machine::Container || runtime.kernel_release.empty()) return false;
  const std::string_view release = runtime.kernel_release;
  if (is_of(package, "deb")) return debian_release(package.name) == release;
  if (is_of(package, "rpm")) {
    const RpmKernel* kernel = rpm_kernel(package.name);
    if (kernel == nullptr) return false;
    return kernel->suse ? runs_suse(package, *kernel, release)
                        : runs_red_hat(package, *kernel, release);
  }
  if (is_of(package, "apk")) {
    const auto flavour = alpine_flavour(package.name);
    return flavour && runs_alpine(package, *flavour, release);
  }
  return false;
}

}  // namespace vigil::inventory
