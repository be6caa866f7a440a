#include <gtest/gtest.h>

#include "inventory/runtime/kernel.h"
#include "inventory/runtime/machine.h"
#include "inventory/runtime/owners.h"
#include "inventory/runtime/process_maps.h"
#include "inventory/runtime/socket_table.h"
#include "inventory/scan.h"
#include "tree/memory.h"

namespace vigil::inventory {
namespace {

TEST(ProcessMaps, FilesWithTheirRights) {
  constexpr const char* kMaps =
      "55dff7357000-55dff7359000 r--p 00000000 fe:00 247026                     /usr/bin/cat\n"
      "55dff7359000-55dff735e000 r-xp 00002000 fe:00 247026                     /usr/bin/cat\n"
      "55dff7362000-55dff7363000 rw-p 0000a000 fe:00 247026                     /usr/bin/cat\n"
      "55dff8000000-55dff8021000 rw-p 00000000 00:00 0                          [heap]\n"
      "7f0000000000-7f0000001000 rw-p 00000000 00:00 0 \n"
      "7f0000002000-7f0000003000 r-xp 00000000 fe:00 7    /opt/with blank/lib.so\n"
      "7f0000004000-7f0000005000 r-xp 00000000 fe:00 8    /usr/lib/libssl.so.3 (deleted)\n"
      "7f0000006000-7f0000007000 r-xp 00000000 fe:00 9    /usr/lib64/libz.so.1.2.11;5f3e1a2b "
      "(deleted)\n"
      "7f0000008000-7f0000009000 r-xp 00000000 fe:00 9    /usr/lib/libc.so.6.dpkg-new (deleted)\n"
      "7f000000a000-7f000000b000 rw-s 00000000 00:01 9    /memfd:x (deleted)\n"
      "7f000000c000-7f000000d000 rw-s 00000000 00:01 9    /dev/zero (deleted)\n"
      "7f000000e000-7f000000f000 rw-p 00000000 fe:00 9    /tmp/jit (deleted)\n"
      "7ffd00000000-7ffd00001000 r-xp 00000000 00:00 0                          [vdso]\n"
      "nonsense\n"
      "7f0000010000-7f0000011000 r-xp 00000000 fe:00 9    /usr/lib/cut";
  std::vector<std::string> found;
  each_mapped_file(kMaps, [&](const MappedFile& file) {
    found.push_back(std::string(file.path) + (file.executable ? " x" : "") +
                    (file.deleted ? " gone" : ""));
  });
  EXPECT_EQ(found, (std::vector<std::string>{
                       "/usr/bin/cat", "/usr/bin/cat x", "/usr/bin/cat", "/opt/with blank/lib.so x",
                       "/usr/lib/libssl.so.3 x gone", "/usr/lib64/libz.so.1.2.11 x gone",
                       "/usr/lib/libc.so.6 x gone", "/usr/lib/cut x"}));
}

TEST(SocketTable, ListeningTcpAndBoundUdp) {
  constexpr const char* kTcp =
      "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout "
      "inode\n"
      "   0: 00000000:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 "
      "627 1 0 100\n"
      "   1: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 "
      "628 1 0 100\n"
      "   2: 020200C0:B3AA 507100CB:0050 01 00000000:00000000 00:00000000 00000000     0        0 "
      "629 1 0 100\n"
      "   3: broken\n";
  const auto tcp = parse_socket_table(kTcp, "tcp");
  ASSERT_EQ(tcp.size(), 2U);
  EXPECT_EQ(tcp[0].address, "0.0.0.0");
  EXPECT_EQ(tcp[0].port, 22);
  EXPECT_EQ(tcp[0].inode, 627U);
  EXPECT_EQ(tcp[1].address, "127.0.0.1");
  EXPECT_EQ(tcp[1].port, 8080);

  const auto tcp6 = parse_socket_table(
      "titles\n   0: 00000000000000000000000001000000:0035 00000000000000000000000000000000:0000 "
      "0A "
      "00000000:00000000 00:00000000 00000000 0 0 700 1 0 100\n",
      "tcp6");
  ASSERT_EQ(tcp6.size(), 1U);
  EXPECT_EQ(tcp6[0].protocol, "tcp");
  EXPECT_EQ(tcp6[0].address, "::1");
  EXPECT_EQ(tcp6[0].port, 53);

  const auto udp = parse_socket_table(
      "titles\n"
      "  10: 00000000:0044 00000000:0000 07 00000000:00000000 00:00000000 00000000 0 0 800 2 0 0\n"
      "  11: 0100007F:A001 0100007F:0035 01 00000000:00000000 00:00000000 00000000 0 0 801 2 0 0\n",
      "udp");
  ASSERT_EQ(udp.size(), 1U);
  EXPECT_EQ(udp[0].port, 68);
}

TEST(SocketTable, InodesOfLinks) {
  EXPECT_EQ(inode_of_link("socket:[627]"), 627U);
  for (const char* other :
       {"", "pipe:[627]", "/dev/null", "socket:[]", "socket:[627", "anon_inode:[x]"}) {
    EXPECT_EQ(inode_of_link(other), 0U) << other;
  }
}

TEST(MachineKind, ContainersMachinesAndMetal) {
  constexpr const char* kVirtualProcessor =
      "processor\t: 0\nflags\t\t: fpu vme hypervisor lahf_lm\n";
  constexpr const char* kRealProcessor = "processor\t: 0\nflags\t\t: fpu vme lahf_lm\n";
  struct Case {
    const char* title;
    MachineEvidence evidence;
    Machine machine;
    const char* detail;
  };
  std::vector<Case> cases;
  const auto add = [&](const char* title, Machine machine, const char* detail) -> MachineEvidence& {
    cases.push_back({title, {}, machine, detail});
    cases.back().evidence.processors = kVirtualProcessor;
    return cases.back().evidence;
  };
  add("docker", Machine::Container, "docker").docker_file = true;
  add("podman", Machine::Container, "podman").podman_file = true;
  add("nspawn", Machine::Container, "systemd-nspawn").systemd_container = "systemd-nspawn\n";
  add("lxc", Machine::Container, "lxc").init_environment =
      std::string("HOME=/\0container=lxc\0", 21);
  add("cgroup 1", Machine::Container, "docker").init_cgroups = "4:memory:/docker/0123\n";
  add("kubernetes", Machine::Container, "kubernetes").init_cgroups = "0::/kubepods.slice/x\n";
  add("kvm", Machine::VirtualMachine, "qemu").dmi_vendor = "QEMU\n";
  add("ec2", Machine::VirtualMachine, "ec2").dmi_vendor = "Amazon EC2\n";
  add("vmware", Machine::VirtualMachine, "vmware").dmi_product = "VMware Virtual Platform\n";
  add("hyper-v", Machine::VirtualMachine, "hyper-v").dmi_product = "Virtual Machine\n";
  add("xen", Machine::VirtualMachine, "xen").hypervisor = "xen\n";
  add("unnamed", Machine::VirtualMachine, "").init_cgroups = "0::/init.scope\n";
  add("metal", Machine::Metal, "").processors = kRealProcessor;
  MachineEvidence& cloud_metal = add("cloud metal", Machine::Metal, "");
  cloud_metal.dmi_vendor = "Amazon EC2\n";
  cloud_metal.dmi_product = "m5.metal\n";
  cloud_metal.processors = kRealProcessor;
  add("nothing known", Machine::Unknown, "").processors = "";
  for (const Case& test : cases) {
    const MachineKind kind = machine_kind(test.evidence);
    EXPECT_EQ(kind.machine, test.machine) << test.title;
    EXPECT_EQ(kind.detail, test.detail) << test.title;
  }
}

model::Package package(const char* type, const char* name, const char* version,
                       const char* architecture = "x86_64") {
  model::Package out;
  out.name = name;
  out.version = version;
  out.architecture = architecture;
  out.package_url = std::string("pkg:") + type + "/x/" + name;
  return out;
}

struct KernelCase {
  const char* type;
  const char* name;
  const char* version;
  const char* release;
  bool kernel;
  bool running;
};

TEST(Kernel, TheRunningOneAndTheOthers) {
  const KernelCase cases[] = {
      {"deb", "linux-image-6.1.0-28-amd64", "6.1.119-1", "6.1.0-28-amd64", true, true},
      {"deb", "linux-image-6.1.0-28-amd64-unsigned", "6.1.119-1", "6.1.0-28-amd64", true, true},
      {"deb", "linux-image-6.1.0-25-amd64", "6.1.106-3", "6.1.0-28-amd64", true, false},
      {"deb", "linux-image-6.1.0-28-cloud-amd64", "6.1.119-1", "6.1.0-28-amd64", true, false},
      {"deb", "linux-image-amd64", "6.1.119-1", "6.1.0-28-amd64", false, false},
      {"deb", "linux-headers-6.1.0-28-amd64", "6.1.119-1", "6.1.0-28-amd64", false, false},
      {"deb", "linux-libc-dev", "6.1.119-1", "6.1.0-28-amd64", false, false},
      {"deb", "linux-image-unsigned-5.15.0-91-generic", "5.15.0-91.101", "5.15.0-91-generic", true,
       true},
      {"deb", "linux-modules-extra-5.15.0-91-generic", "5.15.0-91.101", "5.15.0-91-generic", true,
       true},
      {"deb", "linux-modules-5.15.0-89-generic", "5.15.0-89.99", "5.15.0-91-generic", true, false},
      {"deb", "linux-image-generic-hwe-22.04", "6.5.0.14.15", "6.5.0-14-generic", false, false},
      {"deb", "linux-tools-5.15.0-91-generic", "5.15.0-91.101", "5.15.0-91-generic", false, false},
      {"rpm", "kernel-core", "5.14.0-503.11.1.el9_5", "5.14.0-503.11.1.el9_5.x86_64", true, true},
      {"rpm", "kernel-core", "5.14.0-427.13.1.el9_4", "5.14.0-503.11.1.el9_5.x86_64", true, false},
      {"rpm", "kernel-debug-core", "5.14.0-503.11.1.el9_5", "5.14.0-503.11.1.el9_5.x86_64", true,
       false},
      {"rpm", "kernel-debug-core", "5.14.0-503.11.1.el9_5", "5.14.0-503.11.1.el9_5.x86_64+debug",
       true, true},
      {"rpm", "kernel-core", "5.14.0-503.11.1.el9_5", "5.14.0-503.11.1.el9_5.x86_64+rt", true,
       false},
      {"rpm", "kernel-rt-core", "5.14.0-503.11.1.el9_5", "5.14.0-503.11.1.el9_5.x86_64+rt", true,
       true},
      {"rpm", "kernel-rt-core", "4.18.0-553.rt7.342.el8_10", "4.18.0-553.rt7.342.el8_10.x86_64",
       true, true},
      {"rpm", "kernel-headers", "5.14.0-503.11.1.el9_5", "5.14.0-503.11.1.el9_5.x86_64", false,
       false},
      {"rpm", "kernel-uek-core", "5.15.0-300.163.18.el9uek", "5.15.0-300.163.18.el9uek.x86_64",
       true, true},
      {"rpm", "kernel", "6.1.119-129.201.amzn2023", "6.1.119-129.201.amzn2023.x86_64", true, true},
      {"rpm", "kernel-default", "5.14.21-150500.55.88.1", "5.14.21-150500.55.88-default", true,
       true},
      {"rpm", "kernel-default", "5.14.21-150500.55.83.1", "5.14.21-150500.55.88-default", true,
       false},
      {"rpm", "kernel-azure", "5.14.21-150500.55.88.1", "5.14.21-150500.55.88-default", true,
       false},
      {"apk", "linux-lts", "6.12.13-r0", "6.12.13-0-lts", true, true},
      {"apk", "linux-virt", "6.12.13-r0", "6.12.13-0-lts", true, false},
      {"apk", "linux-headers", "6.6-r1", "6.12.13-0-lts", false, false},
      {"apk", "linux-pam", "1.6.1-r1", "6.12.13-0-lts", false, false},
  };
  for (const KernelCase& test : cases) {
    const model::Package kernel = package(test.type, test.name, test.version);
    Runtime runtime;
    runtime.machine = Machine::VirtualMachine;
    runtime.kernel_release = test.release;
    EXPECT_EQ(is_kernel_package(kernel), test.kernel) << test.name;
    EXPECT_EQ(is_running_kernel_package(kernel, runtime), test.running)
        << test.name << " " << test.version;
    runtime.machine = Machine::Container;
    EXPECT_FALSE(is_running_kernel_package(kernel, runtime))
        << "a container's kernel is its host's";
    runtime.machine = Machine::VirtualMachine;
    runtime.kernel_release.clear();
    EXPECT_FALSE(is_running_kernel_package(kernel, runtime));
  }
}

TEST(Owners, MergedUsrAndSharedFiles) {
  tree::Memory view;
  view.file("/etc/os-release", "ID=debian\nVERSION_ID=12\n")
      .link("/lib", "usr/lib")
      .link("/bin", "usr/bin")
      .directory("/usr/lib")
      .directory("/usr/bin")
      .file("/var/lib/dpkg/status",
            "Package: libc6\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1\n\n"
            "Package: bash\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1\n\n"
            "Package: other\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1\n\n")
      .file("/var/lib/dpkg/info/libc6:amd64.list",
            "/.\n/lib\n/lib/libc.so.6\n/usr/share/doc/both\n")
      .file("/var/lib/dpkg/info/bash.list", "/bin/bash\n")
      .file("/var/lib/dpkg/info/other.list", "/usr/share/doc/both\n/usr/lib/x\n");
  const Inventory inventory = scan_tree(view);
  Owners owners;
  const std::size_t libc = owners.add("/usr/lib/libc.so.6");
  const std::size_t bash = owners.add("/usr/bin/bash");
  const std::size_t both = owners.add("/usr/share/doc/both");
  const std::size_t none = owners.add("/opt/app");
  EXPECT_EQ(owners.add("/usr/bin/bash"), bash);
  const auto found = owners.find(view, inventory.packages, all_catalogers());
  EXPECT_EQ(found.at(libc), std::vector<std::size_t>{0});
  EXPECT_EQ(found.at(bash), std::vector<std::size_t>{1});
  EXPECT_EQ(found.at(both), (std::vector<std::size_t>{0, 2}));
  EXPECT_TRUE(found.at(none).empty());
}

}  // namespace
}  // namespace vigil::inventory
