#include "inventory/runtime/machine.h"

#include <utility>

#include "base/text.h"

namespace vigil::inventory {
namespace {

struct Sign {
  std::string_view text;
  std::string_view detail;
};

constexpr Sign kCgroups[] = {
    {"/kubepods", "kubernetes"},
    {"/docker/", "docker"},
    {"/docker-", "docker"},
    {"/libpod-", "podman"},
    {"/lxc/", "lxc"},
    {"/lxc.payload", "lxc"},
    {"/machine.slice/", "systemd-nspawn"},
    {"/ecs/", "ecs"},
    {"/containerd/", "containerd"},
};
/// Vendor and product of SMBIOS, in lower case, one after the other.
constexpr Sign kFirmware[] = {
    {"amazon ec2", "ec2"},
    {"google compute engine", "gce"},
    {"openstack", "openstack"},
    {"digitalocean", "digitalocean"},
    {"hetzner", "hetzner"},
    {"alibaba", "alibaba"},
    {"qemu", "qemu"},
    {"kvm", "kvm"},
    {"vmware", "vmware"},
    {"virtualbox", "virtualbox"},
    {"innotek", "virtualbox"},
    {"xen", "xen"},
    {"bochs", "bochs"},
    {"parallels", "parallels"},
    {"bhyve", "bhyve"},
    {"virtual machine", "hyper-v"},
    {"apple virtualization", "apple"},
    {"nutanix", "nutanix"},
    {"rhev", "rhev"},
    {"ovirt", "ovirt"},
};

std::string environment_value(std::string_view environment, std::string_view name) {
  for (const std::string_view entry : base::split(environment, '\0')) {
    if (entry.size() > name.size() && entry.starts_with(name) && entry[name.size()] == '=') {
      return base::printable(entry.substr(name.size() + 1));
    }
  }
  return {};
}

bool has_hypervisor_flag(std::string_view processors) {
  while (const auto line = base::next_line(processors)) {
    if (!line->starts_with("flags")) continue;
    for (const std::string_view word : base::words(*line)) {
      if (word == "hypervisor") return true;
    }
    return false;
  }
  return false;
}

}  // namespace

MachineKind machine_kind(const MachineEvidence& evidence) {
  // A container on a virtual machine is a container: the nearest wall counts.
  const std::string systemd(base::trim(evidence.systemd_container));
  if (!systemd.empty() && systemd != "wsl") return {Machine::Container, base::printable(systemd)};
  const std::string variable = environment_value(evidence.init_environment, "container");
  if (!variable.empty()) return {Machine::Container, variable};
  if (evidence.podman_file) return {Machine::Container, "podman"};
  if (evidence.docker_file) return {Machine::Container, "docker"};
  for (const Sign& sign : kCgroups) {
    if (evidence.init_cgroups.find(sign.text) != std::string::npos) {
      return {Machine::Container, std::string(sign.detail)};
    }
  }
  const std::string firmware =
      base::lower(evidence.dmi_vendor) + " " + base::lower(evidence.dmi_product);
  // A bare-metal server of a cloud carries the cloud's name: only the processor tells.
  const bool flag = has_hypervisor_flag(evidence.processors);
  const bool bare = firmware.find(".metal") != std::string::npos;
  for (const Sign& sign : kFirmware) {
    if (!bare && firmware.find(sign.text) != std::string::npos) {
      return {Machine::VirtualMachine, std::string(sign.detail)};
    }
  }
  const std::string hypervisor(base::trim(evidence.hypervisor));
  if (!hypervisor.empty()) return {Machine::VirtualMachine, base::printable(hypervisor)};
  if (flag) return {Machine::VirtualMachine, ""};
  if (evidence.processors.empty()) return {};
  return {Machine::Metal, ""};
}

}  // namespace vigil::inventory
