#include "intel/section_writer.h"

#include <string>
#include <utility>

#include "intel/checksum.h"

namespace vigil::intel {

SectionWriter::SectionWriter(Append append) : append_(std::move(append)) {
  result_ = append_(std::string(sizeof header_, '\0'));
  size_ = sizeof header_;
}

void SectionWriter::put(std::string_view bytes) {
  hash_.update(bytes);
  size_ += bytes.size();
  if (result_) result_ = append_(bytes);
}

void SectionWriter::begin(layout::Section section) {
  constexpr std::string_view kPadding("\0\0\0\0\0\0\0", 7);
  put(kPadding.substr(0, (8 - size_ % 8) % 8));
  current_ = &header_.sections[section];
  *current_ = {size_, 0};
}

void SectionWriter::append(std::string_view bytes) {
  put(bytes);
  current_->size += bytes.size();
}

Result<layout::Header> SectionWriter::finish(std::int64_t now, std::uint64_t content_id) {
  VIGIL_CHECK(std::move(result_));
  header_.magic = layout::kMagic;
  header_.format = layout::kSnapshotFormat;
  header_.section_count = layout::kSectionCount;
  header_.file_size = size_;
  header_.created = now;
  header_.content_id = content_id;
  header_.checksum = snapshot_checksum(hash_, header_);
  return header_;
}

}  // namespace vigil::intel
