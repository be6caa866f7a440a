#include "tree/zip.h"

#include <isa-l/crc.h>

#include <algorithm>

#include "tree/inflate.h"
#include "tree/zip_record.h"

namespace vigil::tree {
namespace {

constexpr std::uint16_t kStored = 0;
constexpr std::uint16_t kDeflated = 8;

class OwnBytes final : public Bytes {
 public:
  explicit OwnBytes(std::string text) : text_(std::move(text)), bytes_(text_) {}
  [[nodiscard]] std::uint64_t size() const override { return text_.size(); }
  Result<void> read(std::uint64_t offset, std::span<char> buffer) const override {
    return bytes_.read(offset, buffer);
  }

 private:
  std::string text_;
  TextBytes bytes_;
};

std::string method_name(std::uint16_t method) {
  switch (method) {
    case 9:
      return "Deflate64";
    case 12:
      return "bzip2";
    case 14:
      return "LZMA";
    case 93:
      return "Zstandard";
    case 95:
      return "XZ";
    default:
      return "method " + std::to_string(method);
  }
}

/// Where the data begins: the local header has names and extra fields of its own length.
Result<std::uint64_t> find_data(const Bytes& bytes, const ZipEntry& entry) {
  if (entry.encrypted) {
    return fail("the entry is encrypted", entry.path, {}, ErrorCode::Unsupported);
  }
  if (entry.overlapping) return fail("the entry lies over another", entry.path);
  if (entry.method != kStored && entry.method != kDeflated) {
    return fail("the entry is compressed with " + method_name(entry.method), entry.path, {},
                ErrorCode::Unsupported);
  }
  char header[kZipLocalSize];
  const std::string_view record(header, kZipLocalSize);
  if (!bytes.read(entry.offset, header) || !record.starts_with(kZipLocal)) {
    return fail("the entry is not where the directory says", entry.path);
  }
  const std::uint64_t data =
      entry.offset + kZipLocalSize + zip_u16(record, 26) + zip_u16(record, 28);
  if (data > bytes.size() || entry.compressed > bytes.size() - data) {
    return fail("the entry is cut short", entry.path);
  }
  if (entry.method == kStored && entry.size != entry.compressed) {
    return fail("the entry is stored in another size than promised", entry.path);
  }
  return data;
}

bool has_crc(std::string_view content, std::uint32_t crc) {
  return crc32_gzip_refl(0, reinterpret_cast<const unsigned char*>(content.data()),
                         content.size()) == crc;
}

tl::unexpected<Error> at(Error error, const ZipEntry& entry) {
  error.where = entry.path;
  return fail(std::move(error));
}

}  // namespace

Result<std::string> read_zip_entry(const Bytes& bytes, const ZipEntry& entry, std::uint64_t limit) {
  VIGIL_TRY(const std::uint64_t begin, find_data(bytes, entry));
  if (entry.size > limit) {
    return fail("the entry is larger than " + std::to_string(limit) + " bytes", entry.path, {},
                ErrorCode::TooLarge);
  }
  auto content = bytes.take(begin, entry.compressed, bytes.size());
  if (!content) return at(std::move(content).error(), entry);
  if (entry.method == kDeflated) {
    content = inflate(*content, Deflated::Raw, entry.size);
    if (!content && content.error().code == ErrorCode::TooLarge) {
      return fail("the entry is larger than promised", entry.path);
    }
    if (!content) return at(std::move(content).error(), entry);
  }
  if (content->size() != entry.size || !has_crc(*content, entry.crc)) {
    return fail("the entry is damaged: its checksum is wrong", entry.path);
  }
  return content;
}

Result<std::string> read_zip_head(const Bytes& bytes, const ZipEntry& entry, std::size_t count) {
  VIGIL_TRY(const std::uint64_t begin, find_data(bytes, entry));
  // Deflated data is hardly ever larger than the original; its tables are small.
  const std::uint64_t enough = count + std::uint64_t{4096};
  auto data = bytes.take(begin, std::min(entry.compressed, enough));
  if (data && entry.method == kDeflated) data = inflate_head(*data, Deflated::Raw, count);
  if (!data) return at(std::move(data).error(), entry);
  if (data->size() > count) data->resize(count);
  return data;
}

Result<std::unique_ptr<Bytes>> open_zip_entry(const Bytes& bytes, const ZipEntry& entry,
                                              std::uint64_t limit) {
  if (entry.method == kStored) {
    VIGIL_TRY(const std::uint64_t begin, find_data(bytes, entry));
    return std::unique_ptr<Bytes>(std::make_unique<PartOfBytes>(bytes, begin, entry.size));
  }
  VIGIL_TRY(std::string content, read_zip_entry(bytes, entry, limit));
  return std::unique_ptr<Bytes>(std::make_unique<OwnBytes>(std::move(content)));
}

}  // namespace vigil::tree
