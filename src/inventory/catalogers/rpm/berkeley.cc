#include "inventory/catalogers/rpm/berkeley.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "inventory/program/bytes_of_program.h"

namespace vigil::inventory::rpm {
namespace {

constexpr std::uint32_t kHashMagic = 0x061561;
constexpr std::size_t kPageHead = 26;
constexpr std::size_t kOffPageItem = 12;

enum PageType : std::uint8_t { kUnsortedHash = 2, kOverflow = 7, kHashMeta = 8, kHash = 13 };
enum ItemKind : std::uint8_t { kBytes = 1, kOffPage = 3 };

/// A value: its bytes, or where its chain of overflow pages begins.
struct Value {
  std::uint32_t number;
  std::string_view bytes;
  std::uint32_t first_page = 0;
  std::uint32_t length = 0;
};

class Reader {
 public:
  explicit Reader(std::string_view database) : database_(database) {}

  Result<void> run(const std::function<bool(std::string_view)>& visit) {
    VIGIL_CHECK(meta());
    for (std::uint64_t page = 1; page * page_size_ < database_.size(); ++page) {
      const std::string_view bytes = page_at(page);
      const std::uint8_t type = type_of(bytes);
      if (type == kUnsortedHash || type == kHash) hash_page(bytes);
    }
    std::sort(values_.begin(), values_.end(),
              [](const Value& a, const Value& b) { return a.number < b.number; });
    for (const Value& value : values_) {
      const std::optional<std::string_view> header = bytes_of(value);
      if (!header) {
        damaged_ = true;
      } else if (!visit(*header)) {
        return ok();
      }
    }
    if (!damaged_) return ok();
    return fail("the rpm database is damaged: some packages in it cannot be read", {},
                "`rpm --rebuilddb` on that system repairs it");
  }

 private:
  Result<void> meta() {
    const auto magic = number_at(database_, 12, 4, false);
    if (!magic) return fail("the rpm database is cut short");
    big_endian_ = *magic != kHashMagic;
    if (word(database_, 12) != kHashMagic || type_of(database_) != kHashMeta) {
      return fail("this is not a Berkeley DB hash");
    }
    constexpr std::size_t kEncryption = 24;
    if (database_.size() > kEncryption && database_[kEncryption] != 0) {
      return fail("the rpm database is encrypted", {}, {}, ErrorCode::Unsupported);
    }
    page_size_ = word(database_, 20);
    if (page_size_ < 512 || page_size_ > 65'536 || (page_size_ & (page_size_ - 1)) != 0) {
      return fail("the rpm database has impossible pages");
    }
    return ok();
  }

  [[nodiscard]] std::uint32_t word(std::string_view bytes, std::uint64_t at) const {
    return static_cast<std::uint32_t>(number_at(bytes, at, 4, big_endian_).value_or(0));
  }
  [[nodiscard]] std::uint32_t half(std::string_view bytes, std::uint64_t at) const {
    return static_cast<std::uint32_t>(number_at(bytes, at, 2, big_endian_).value_or(0));
  }
  [[nodiscard]] static std::uint8_t type_of(std::string_view page) {
    return static_cast<std::uint8_t>(number_at(page, 25, 1, false).value_or(0));
  }
  [[nodiscard]] std::string_view page_at(std::uint64_t page) const {
    return part_of(database_, page * page_size_, page_size_);
  }

  void hash_page(std::string_view page) {
    const std::uint32_t entries = half(page, 20);
    if (page.size() != page_size_ || kPageHead + 2 * std::size_t{entries} > page.size()) {
      damaged_ = true;
      return;
    }
    // Items fill the page from its end: one reaches to where the one before it begins.
    std::size_t end = page.size();
    std::string_view key;
    for (std::uint32_t i = 0; i < entries; ++i) {
      const std::size_t begin = half(page, kPageHead + 2 * std::size_t{i});
      if (begin < kPageHead + 2 * std::size_t{entries} || begin >= end) {
        damaged_ = true;
        return;
      }
      const std::string_view item = page.substr(begin, end - begin);
      if (i % 2 == 0) {
        key = item;
      } else {
        add(key, item);
      }
      end = begin;
    }
  }

  void add(std::string_view key, std::string_view item) {
    if (key.size() != 5 || key.front() != kBytes) {
      damaged_ = true;
      return;
    }
    Value value{word(key, 1), {}};
    if (value.number == 0) return;
    if (item.front() == kBytes) {
      value.bytes = item.substr(1);
    } else if (item.front() == kOffPage && item.size() == kOffPageItem) {
      value.first_page = word(item, 4);
      value.length = word(item, 8);
    } else {
      damaged_ = true;
      return;
    }
    values_.push_back(value);
  }

  /// Of a chain the bytes are put together in `whole_`.
  std::optional<std::string_view> bytes_of(const Value& value) {
    if (value.first_page == 0) return value.bytes;
    // No page belongs to two values: what is read is no more than there is.
    if (value.length > database_.size() - taken_) return std::nullopt;
    taken_ += value.length;
    whole_.clear();
    for (std::uint32_t page = value.first_page; page != 0 && whole_.size() < value.length;) {
      const std::string_view bytes = page_at(page);
      if (type_of(bytes) != kOverflow) return std::nullopt;
      const std::string_view part = part_of(bytes, kPageHead, half(bytes, 22));
      if (part.empty()) return std::nullopt;
      whole_ += part;
      page = word(bytes, 16);
    }
    if (whole_.size() < value.length) return std::nullopt;
    return std::string_view(whole_).substr(0, value.length);
  }

  std::string_view database_;
  bool big_endian_ = false;
  std::uint64_t page_size_ = 0;
  std::vector<Value> values_;
  std::string whole_;
  std::uint64_t taken_ = 0;
  bool damaged_ = false;
};

}  // namespace

Result<void> read_berkeley(std::string_view database,
                           const std::function<bool(std::string_view)>& visit) {
  return Reader(database).run(visit);
}

}  // namespace vigil::inventory::rpm
