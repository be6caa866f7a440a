// The job "layer": one image layer, compressed as it is stored or unpacked in a directory, to what is
// in it. The first file is the blob, at an offset of a regular file, or a pipe, or the directory.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "inventory/layer/layer.h"
#include "inventory/layer/layer_format.h"
#include "source/image/layer_job.h"
#include "source/job.h"
#include "tree/listed_layer.h"
#include "tree/overlay_layer.h"
#include "tree/tar_split.h"

namespace vigil::source::layer {
namespace {

/// The bytes of an open file from an offset on, or of a pipe.
class FileInput final : public base::Input {
 public:
  FileInput(int file, std::uint64_t offset, std::optional<std::uint64_t> size)
      : file_(file), offset_(offset), left_(size) {
    struct stat status = {};
    seekable_ = ::fstat(file, &status) == 0 && S_ISREG(status.st_mode);
    if (seekable_) {
      ::posix_fadvise(file, static_cast<off_t>(offset), static_cast<off_t>(size.value_or(0)),
                      POSIX_FADV_SEQUENTIAL);
    }
  }

  Result<std::size_t> read(std::span<char> buffer) override {
    std::size_t most = buffer.size();
    if (left_) most = static_cast<std::size_t>(std::min<std::uint64_t>(most, *left_));
    if (most == 0) return std::size_t{0};
    for (;;) {
      const ssize_t got = seekable_
                              ? ::pread(file_, buffer.data(), most, static_cast<off_t>(offset_))
                              : ::read(file_, buffer.data(), most);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return fail_errno("cannot read", "the layer", errno);
      if (got == 0 && left_ && *left_ != 0) return fail("the layer ends early");
      const auto count = static_cast<std::size_t>(got);
      offset_ += count;
      if (left_) *left_ -= count;
      return count;
    }
  }

 private:
  int file_;
  std::uint64_t offset_;
  std::optional<std::uint64_t> left_;
  bool seekable_ = false;
};

tree::Descriptor copy_of(int file) {
  return tree::Descriptor(::fcntl(file, F_DUPFD_CLOEXEC, 0));
}

Result<inventory::Layer> analyse(const LayerCall& wanted, std::span<const int> files,
                                 const inventory::LayerOptions& options) {
  if (wanted.form == LayerForm::Overlay) {
    tree::OverlayLayer entries(copy_of(files[0]));
    return inventory::analyse_unpacked_layer(entries, options);
  }
  if (wanted.form == LayerForm::Listed) {
    if (files.size() < 2) return fail("the job was given no list");
    FileInput list(files[1], 0, std::nullopt);
    VIGIL_TRY(std::vector<std::string> names, tree::tar_split_names(list));
    tree::ListedLayer entries(copy_of(files[0]), std::move(names));
    return inventory::analyse_unpacked_layer(entries, options);
  }
  FileInput blob(files[0], wanted.offset, wanted.size);
  return inventory::analyse_layer(blob, options);
}

Result<std::string> run(const JobCall& call) {
  if (call.files.empty()) return fail("the job was given no file");
  VIGIL_TRY(LayerCall wanted, parse_layer_arguments(call.arguments));
  std::vector<const inventory::Cataloger*> catalogers;
  for (const inventory::Cataloger* cataloger : inventory::all_catalogers()) {
    const auto& names = wanted.catalogers;
    if (std::find(names.begin(), names.end(), cataloger->name) != names.end()) {
      catalogers.push_back(cataloger);
    }
  }
  inventory::LayerOptions options;
  options.catalogers = catalogers;
  options.also = std::move(wanted.also);
  options.now_reading = call.now_reading;
  VIGIL_TRY(const inventory::Layer layer, analyse(wanted, call.files, options));
  return inventory::layer_bytes(layer);
}

}  // namespace

const Job& job() {
  static const Job kJob = {"layer", run};
  return kJob;
}

}  // namespace vigil::source::layer
