#include "tree/disk/container.h"

#include <utility>

#include "tree/disk/fields.h"

namespace vigil::tree::disk {

Result<Container> open_container_at(SharedBytes file, const Siblings& siblings, int depth) {
  VIGIL_TRY(const std::string head, peek(*file, 0, 512));
  if (head.starts_with("QFI\xfb")) {
    VIGIL_TRY(SharedBytes disk, open_qcow2(std::move(file), siblings, depth));
    return Container{"qcow2", std::move(disk)};
  }
  if (head.starts_with("KDMV") || head.starts_with("COWD") ||
      head.starts_with("# Disk DescriptorFile")) {
    VIGIL_TRY(SharedBytes disk, open_vmdk(std::move(file), siblings));
    return Container{"vmdk", std::move(disk)};
  }
  if (head.starts_with("vhdxfile")) {
    VIGIL_TRY(SharedBytes disk, open_vhdx(std::move(file)));
    return Container{"vhdx", std::move(disk)};
  }
  const std::uint64_t end = file->size();
  VIGIL_TRY(const std::string tail, peek(*file, end < 512 ? end : end - 512, 512));
  if (head.starts_with("conectix") || tail.starts_with("conectix")) {
    VIGIL_TRY(SharedBytes disk, open_vhd(std::move(file)));
    return Container{"vhd", std::move(disk)};
  }
  const std::string_view view(head);
  const std::pair<std::string_view, std::string_view> refused[] = {
      {"QED", "a QED disk"},
      {"<<< ", "a VirtualBox disk (VDI)"},
      {"WithoutFreeSpace", "a Parallels disk"},
      {"WithouFreSpacExt", "a Parallels disk"},
      {"EVF\x09\x0d\x0a\xff", "an EnCase image"},
      {"AFF", "an AFF image"},
  };
  for (const auto& [magic, name] : refused) {
    // VDI says who made it, "<<< Oracle VM VirtualBox Disk Image >>>".
    if (view.starts_with(magic) && (magic != "AFF" || view.substr(3, 3) == "10\r")) {
      return fail(std::string(name) + " is not read", {}, "convert it: qemu-img convert -O qcow2",
                  ErrorCode::Unsupported);
    }
  }
  return Container{"raw", std::move(file)};
}

Result<Container> open_container(SharedBytes file, const Siblings& siblings) {
  return open_container_at(std::move(file), siblings, 0);
}

}  // namespace vigil::tree::disk
