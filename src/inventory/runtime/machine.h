// Is this a container, a virtual machine or bare metal? Decided from texts, so that it can be tested.
//
// Sources: systemd's src/basic/virt.c and systemd-detect-virt(1) for what identifies what; SMBIOS
// strings of the vendors; the Container Interface (systemd.io/CONTAINER_INTERFACE).
#pragma once

#include <string>

#include "inventory/inventory.h"

namespace vigil::inventory {

/// What to look at. Empty where there is none or it may not be read.
struct MachineEvidence {
  bool docker_file = false;       ///< /.dockerenv is there
  bool podman_file = false;       ///< /run/.containerenv is there
  std::string systemd_container;  ///< /run/systemd/container
  std::string init_environment;   ///< /proc/1/environ, entries ended by a byte 0
  std::string init_cgroups;       ///< /proc/1/cgroup
  std::string dmi_vendor;         ///< /sys/class/dmi/id/sys_vendor
  std::string dmi_product;        ///< /sys/class/dmi/id/product_name
  std::string hypervisor;         ///< /sys/hypervisor/type
  std::string processors;         ///< /proc/cpuinfo
};

struct MachineKind {
  Machine machine = Machine::Unknown;
  std::string detail;  ///< "docker", "kvm"; may be empty
};

MachineKind machine_kind(const MachineEvidence& evidence);

}  // namespace vigil::inventory
