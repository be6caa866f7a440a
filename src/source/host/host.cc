#include "source/host/host.h"

#include <sys/utsname.h>

#include <algorithm>
#include <future>
#include <memory>
#include <utility>

#include "base/text.h"
#include "inventory/runtime/machine.h"
#include "inventory/runtime/owners.h"
#include "source/host/addresses.h"
#include "source/host/processes.h"
#include "tree/directory.h"

namespace vigil::source {
namespace {

constexpr std::uint64_t kSmall = 64 * 1024;

std::string small_file(const tree::View& live, const char* path) {
  auto text = live.read(path, kSmall);
  return text ? std::move(*text) : std::string();
}

/// The beginning of /proc/cpuinfo up to the end of the first processor: with hundreds of them the
/// kernel takes long to write it all.
std::string first_processor(const tree::View& live) {
  auto text = live.read("/proc/cpuinfo", 16 * 1024 * 1024);
  return text ? text->substr(0, text->find("\n\n")) : std::string();
}

inventory::MachineEvidence gather_evidence(const tree::View& live) {
  inventory::MachineEvidence evidence;
  evidence.docker_file = live.stat("/.dockerenv").has_value();
  evidence.podman_file = live.stat("/run/.containerenv").has_value();
  evidence.systemd_container = small_file(live, "/run/systemd/container");
  evidence.init_environment = small_file(live, "/proc/1/environ");
  evidence.init_cgroups = small_file(live, "/proc/1/cgroup");
  evidence.dmi_vendor = small_file(live, "/sys/class/dmi/id/sys_vendor");
  evidence.dmi_product = small_file(live, "/sys/class/dmi/id/product_name");
  evidence.hypervisor = small_file(live, "/sys/hypervisor/type");
  evidence.processors = first_processor(live);
  return evidence;
}

std::vector<inventory::Process> attribute(ProcessTable table,
                                          const std::vector<std::vector<std::size_t>>& owners) {
  std::vector<inventory::Process> processes;
  for (RunningProcess& running : table.processes) {
    inventory::Process process;
    process.id = running.id;
    process.name = base::printable(running.executable.substr(running.executable.rfind('/') + 1));
    process.executable = std::move(running.executable);
    process.deleted = std::move(running.deleted);
    std::sort(process.deleted.begin(), process.deleted.end());
    for (const std::size_t file : running.files) {
      process.packages.insert(process.packages.end(), owners[file].begin(), owners[file].end());
    }
    std::sort(process.packages.begin(), process.packages.end());
    process.packages.erase(std::unique(process.packages.begin(), process.packages.end()),
                           process.packages.end());
    processes.push_back(std::move(process));
  }
  return processes;
}

}  // namespace

inventory::Runtime read_machine_identity(const tree::View& live) {
  inventory::Runtime runtime;
  if (struct utsname names = {}; ::uname(&names) == 0) runtime.host_name = names.nodename;
  runtime.machine_id = base::printable(base::trim(small_file(live, "/etc/machine-id")));
  return runtime;
}

inventory::Runtime read_runtime(const tree::View& live, std::span<const model::Package> packages) {
  inventory::Runtime runtime = read_machine_identity(live);
  if (struct utsname names = {}; ::uname(&names) == 0) runtime.kernel_release = names.release;
  const inventory::MachineKind kind = inventory::machine_kind(gather_evidence(live));
  runtime.machine = kind.machine;
  runtime.machine_detail = kind.detail;
  runtime.addresses = interface_addresses();

  // Who listens takes as long to find as what runs, and both wait for the kernel: side by side.
  bool all_ports_told = true;
  std::future<std::vector<inventory::Port>> ports =
      std::async(std::launch::async | std::launch::deferred,
                 [&all_ports_told] { return read_ports("/proc", all_ports_told); });
  inventory::Owners owners;
  ProcessTable table =
      read_processes("/proc", [&](std::string_view path) { return owners.add(path); });
  runtime.complete = table.complete;
  runtime.processes =
      attribute(std::move(table), owners.find(live, packages, inventory::all_catalogers()));
  runtime.ports = ports.get();
  return runtime;
}

std::span<const std::string_view> container_directories() {
  static constexpr std::string_view kDirectories[] = {"/var/lib/containerd", "/var/lib/containers",
                                                      "/var/lib/docker", "/var/lib/kubelet/pods",
                                                      "/var/lib/rancher"};
  return kDirectories;
}

Result<inventory::Inventory> scan_host(const std::string& root,
                                       const inventory::ScanOptions& options) {
  VIGIL_TRY(const std::unique_ptr<tree::Directory> view, tree::Directory::open(root));
  inventory::Inventory found = inventory::scan_tree(*view, options);
  if (view->origin() == "/") found.runtime = read_runtime(*view, found.packages);
  return found;
}

}  // namespace vigil::source
