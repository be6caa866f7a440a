#include "source/host/host.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "source/host/processes.h"
#include "tree/directory.h"

namespace vigil::source {
namespace {

namespace fs = std::filesystem;

const inventory::Process* own_process(const inventory::Runtime& runtime) {
  const auto found = std::find_if(
      runtime.processes.begin(), runtime.processes.end(),
      [](const auto& process) { return process.id == static_cast<std::uint32_t>(::getpid()); });
  return found == runtime.processes.end() ? nullptr : &*found;
}

TEST(Host, FindsItselfWithThePackagesItUses) {
  inventory::ScanOptions options;
  options.walk = false;
  const auto found = scan_host("/", options);
  ASSERT_TRUE(found);
  ASSERT_TRUE(found->runtime);
  const inventory::Process* self = own_process(*found->runtime);
  ASSERT_NE(self, nullptr);
  EXPECT_EQ(self->executable, fs::read_symlink("/proc/self/exe"));
  EXPECT_TRUE(self->deleted.empty());
  if (found->os.id != "debian")
    GTEST_SKIP() << "which package holds the C library is known for Debian";
  std::vector<std::string> used;
  for (const std::size_t index : self->packages) used.push_back(found->packages.at(index).name);
  EXPECT_NE(std::find(used.begin(), used.end(), "libc6"), used.end())
      << "the list says /lib/..., the kernel /usr/lib/...";
  EXPECT_NE(std::find(used.begin(), used.end(), "libstdc++6"), used.end());
  EXPECT_TRUE(std::is_sorted(self->packages.begin(), self->packages.end()));
}

TEST(Host, KnowsTheMachine) {
  const auto view = tree::Directory::open("/");
  const inventory::Runtime runtime = read_runtime(**view, {});
  EXPECT_FALSE(runtime.kernel_release.empty());
  EXPECT_FALSE(runtime.host_name.empty());
  EXPECT_NE(runtime.machine, inventory::Machine::Unknown);
  for (const std::string& address : runtime.addresses) {
    EXPECT_NE(address, "127.0.0.1");
    EXPECT_NE(address, "::1");
  }
}

TEST(Host, AnotherRootHasNoLiveFacts) {
  const auto found = scan_host("/etc");
  ASSERT_TRUE(found);
  EXPECT_FALSE(found->runtime);
  EXPECT_FALSE(scan_host("/no/such/place"));
}

class Socket {
 public:
  Socket(int type, bool listen) : descriptor_(::socket(AF_INET, type, 0)) {
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::bind(descriptor_, reinterpret_cast<sockaddr*>(&address), sizeof address);
    if (listen) ::listen(descriptor_, 1);
    socklen_t size = sizeof address;
    ::getsockname(descriptor_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
  }
  ~Socket() { ::close(descriptor_); }
  [[nodiscard]] std::uint16_t port() const { return port_; }

 private:
  int descriptor_;
  std::uint16_t port_ = 0;
};

TEST(Host, ListeningSocketsWithTheirProcess) {
  const Socket tcp(SOCK_STREAM, true);
  const Socket silent(SOCK_STREAM, false);
  const Socket udp(SOCK_DGRAM, false);
  bool complete = true;
  const std::vector<inventory::Port> ports = read_ports("/proc", complete);
  const auto find = [&](const char* protocol, std::uint16_t port) {
    return std::find_if(ports.begin(), ports.end(), [&](const inventory::Port& candidate) {
      return candidate.protocol == protocol && candidate.port == port;
    });
  };
  const auto own = static_cast<std::uint32_t>(::getpid());
  ASSERT_NE(find("tcp", tcp.port()), ports.end());
  EXPECT_EQ(find("tcp", tcp.port())->address, "127.0.0.1");
  EXPECT_EQ(find("tcp", tcp.port())->process, own);
  ASSERT_NE(find("udp", udp.port()), ports.end());
  EXPECT_EQ(find("udp", udp.port())->process, own);
  EXPECT_EQ(find("tcp", silent.port()), ports.end()) << "bound, but it does not listen";
}

TEST(Host, ADeletedLibraryThatIsStillMappedIsNamed) {
  // Not in /tmp: deleted files there are left out.
  const char* home = std::getenv("HOME");
  std::string folder;
  for (const std::string& place :
       {fs::current_path().string(), std::string(home == nullptr ? "/" : home)}) {
    std::string name = place + "/vigil-host-XXXXXX";
    if (!place.starts_with("/tmp/") && ::mkdtemp(name.data()) != nullptr) folder = name;
    if (!folder.empty()) break;
  }
  if (folder.empty()) GTEST_SKIP() << "no folder outside of /tmp can be written to";
  const std::string path = folder + "/libold.so";
  std::ofstream(path) << std::string(4096, 'x');
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  void* code = ::mmap(nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE, file, 0);
  ::close(file);
  fs::remove_all(folder);
  if (code == MAP_FAILED) GTEST_SKIP() << "cannot map code from " << folder;
  const auto view = tree::Directory::open("/");
  const inventory::Runtime runtime = read_runtime(**view, {});
  ::munmap(code, 4096);
  const inventory::Process* self = own_process(runtime);
  ASSERT_NE(self, nullptr);
  EXPECT_EQ(self->deleted, std::vector<std::string>{path});
}

/// A /proc of our own making.
class FakeProc {
 public:
  FakeProc() {
    std::string name = fs::temp_directory_path() / "vigil-proc-XXXXXX";
    path_ = ::mkdtemp(name.data());
    fs::create_directories(path_ + "/self/ns");
    fs::create_symlink("mnt:[1]", path_ + "/self/ns/mnt");
    fs::create_symlink("/", path_ + "/self/root");
  }
  ~FakeProc() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  void process(int id, const char* executable, const char* name_space, const char* root,
               const char* maps) const {
    const std::string folder = path_ + "/" + std::to_string(id);
    fs::create_directories(folder + "/ns");
    if (*executable != '\0') fs::create_symlink(executable, folder + "/exe");
    fs::create_symlink(name_space, folder + "/ns/mnt");
    fs::create_symlink(root, folder + "/root");
    std::ofstream(folder + "/maps") << maps;
  }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

TEST(Processes, ContainersAndKernelThreadsAreNotThisHosts) {
  const FakeProc proc;
  constexpr const char* kMaps = "1000-2000 r-xp 00000000 fe:00 7 /usr/lib/libz.so.1\n";
  proc.process(10, "/usr/sbin/sshd", "mnt:[1]", "/", kMaps);
  proc.process(11, "", "mnt:[1]", "/", "");                               // kernel thread
  proc.process(12, "/usr/sbin/nginx", "mnt:[2]", "/", kMaps);             // PrivateTmp
  proc.process(13, "/usr/sbin/nginx", "mnt:[3]", "/usr", kMaps);          // container: another root
  proc.process(14, "/usr/lib/postfix/master", "mnt:[1]", "/usr", kMaps);  // chroot
  proc.process(15, "/usr/sbin/old (deleted)", "mnt:[1]", "/", "");
  proc.process(16, "/memfd:sealed (deleted)", "mnt:[1]", "/", "");
  std::vector<std::string> files;
  const ProcessTable table = read_processes(proc.path(), [&](std::string_view path) {
    files.emplace_back(path);
    return files.size() - 1;
  });
  std::vector<std::uint32_t> ids;
  for (const RunningProcess& process : table.processes) ids.push_back(process.id);
  EXPECT_EQ(ids, (std::vector<std::uint32_t>{10, 12, 14, 15, 16}));
  EXPECT_TRUE(table.complete);
  EXPECT_EQ(table.processes[0].files.size(), 2U);
  EXPECT_EQ(table.processes[3].executable, "/usr/sbin/old");
  EXPECT_EQ(table.processes[3].deleted, std::vector<std::string>{"/usr/sbin/old"});
  EXPECT_TRUE(table.processes[4].deleted.empty()) << "memory with a name was never a file";
}

TEST(Processes, WhatMayNotBeReadMakesTheAnswerIncomplete) {
  const FakeProc proc;
  proc.process(10, "/usr/sbin/sshd", "mnt:[1]", "/", "");
  fs::remove(proc.path() + "/10/maps");
  fs::create_directory(proc.path() + "/10/maps");  // reading a directory fails for root too
  EXPECT_FALSE(
      read_processes(proc.path(), [](std::string_view) { return std::size_t{0}; }).complete);
  EXPECT_FALSE(
      read_processes("/no/such/proc", [](std::string_view) { return std::size_t{0}; }).complete);
}

}  // namespace
}  // namespace vigil::source
