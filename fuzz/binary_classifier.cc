// The classifiers of programs over any bytes, under names they know.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "inventory/catalogers/binary/classify.h"

namespace {

using vigil::inventory::binary::Classification;

constexpr std::string_view kNames[] = {
    "openssl", "libcurl.so.4", "nginx",  "haproxy", "redis-cli", "postgres", "python3.11",
    "mysqld",  "sshd",         "ffmpeg", "kubelet", "libjvm.so", "busybox",  "libc.so.6"};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view name = kNames[data[0] % std::size(kNames)];
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  for (const auto& finding : Classification::standard().find(name, bytes)) {
    if (bytes.substr(finding.offset, finding.version.size()) != finding.version) std::abort();
  }
  return 0;
}
