// qcow2, VMDK, VHD, VHDX: what a container holds is as large as it says and can be read or not.
#include "tree/disk/container.h"

#include "sparse_input.h"

namespace vigil::tree::disk {

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto file =
      std::make_shared<SparseInput>(std::string_view(reinterpret_cast<const char*>(data), size));
  // A file may name itself.
  const Siblings siblings = [&](const std::string&) -> Result<SharedBytes> { return file; };
  const auto container = open_container(file, siblings);
  if (!container) return 0;
  std::string buffer(4097, '\0');
  const std::uint64_t end = container->disk->size();
  for (const std::uint64_t at : {std::uint64_t{0}, std::uint64_t{65530}, end / 3, end / 2,
                                 end - std::min(end, std::uint64_t{4097})}) {
    if (at > end || end - at < buffer.size()) continue;
    (void)container->disk->read(at, buffer).has_value();
  }
  return 0;
}

}  // namespace vigil::tree::disk
