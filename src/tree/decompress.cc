#include "tree/decompress.h"

#include <array>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <vector>

#include "base/hash.h"

namespace vigil::tree {
namespace {

/// Small enough that a block is still in the cache when it is hashed and looked at.
constexpr std::size_t kBlock = std::size_t{256} << 10;
constexpr std::size_t kBlocks = 4;

/// Counts and hashes what is read.
class Hashed final : public base::Input {
 public:
  explicit Hashed(base::Input& input) : input_(input) {}
  Result<std::size_t> read(std::span<char> buffer) override {
    VIGIL_TRY(const std::size_t got, input_.read(buffer));
    hash_.update({buffer.data(), got});
    count_.fetch_add(got, std::memory_order_relaxed);
    return got;
  }
  [[nodiscard]] std::uint64_t count() const { return count_.load(std::memory_order_relaxed); }
  std::string digest() { return "sha256:" + base::hex(hash_.finish()); }

 private:
  base::Input& input_;
  base::Sha256 hash_;
  std::atomic<std::uint64_t> count_{0};
};

}  // namespace

/// Fills blocks in a ring; the reader takes them in turn. Without a thread it fills one when asked.
class Decompressed::Producer {
 public:
  Producer(base::Input& stored, const DecompressOptions& options)
      : stored_(stored), limits_(options.limits) {
    for (Block& block : blocks_) block.bytes.resize(kBlock);
    if (!options.background) return;
    try {
      thread_ = std::thread([this] { produce(); });
    } catch (const std::system_error&) {
      // No thread to be had: slower, not wrong.
    }
  }
  Producer(const Producer&) = delete;
  Producer& operator=(const Producer&) = delete;
  ~Producer() {
    if (!thread_.joinable()) return;
    {
      const std::lock_guard lock(mutex_);
      abandoned_ = true;
    }
    changed_.notify_all();
    thread_.join();
  }

  Result<std::string_view> next() {
    if (error_) return fail(*error_);
    if (ended_) return std::string_view();
    const Result<std::string_view> block = thread_.joinable() ? take() : fill(blocks_[0]);
    if (!block) {
      error_ = block.error();
      return fail(*error_);
    }
    ended_ = block->empty();
    expanded_bytes_ += block->size();
    if (compression_ != Compression::None) expanded_.update(*block);
    return block;
  }

  Result<BlobDigests> finish() {
    for (;;) {
      VIGIL_TRY(const std::string_view block, next());
      if (block.empty()) break;
    }
    // The producer has seen the end: nobody else touches its hash any more.
    BlobDigests digests;
    digests.stored = stored_.digest();
    digests.stored_bytes = stored_.count();
    digests.expanded = compression_ == Compression::None
                           ? digests.stored
                           : "sha256:" + base::hex(expanded_.finish());
    digests.expanded_bytes = expanded_bytes_;
    return digests;
  }

  [[nodiscard]] Compression compression() const { return compression_; }

 private:
  struct Block {
    std::vector<char> bytes;
    Result<std::string_view> content = std::string_view();
  };

  Result<void> begin() {
    VIGIL_TRY(head_, base::read_prefix(stored_, 6));
    compression_ = compression_of(head_);
    whole_.emplace(head_, stored_);
    decoder_ = make_decoder(compression_, *whole_);
    return ok();
  }

  Result<std::string_view> fill(Block& block) {
    if (!decoder_) VIGIL_CHECK(begin());
    VIGIL_TRY(const std::size_t got, decoder_->decode(block.bytes));
    produced_ += got;
    if (produced_ > limits_.bytes) {
      return fail("more than " + std::to_string(limits_.bytes) + " bytes when decompressed", {}, {},
                  ErrorCode::TooLarge);
    }
    const auto stored = static_cast<double>(stored_.count() + 1);
    if (compression_ != Compression::None && produced_ > limits_.ratio_from &&
        static_cast<double>(produced_) / stored > limits_.ratio) {
      return fail("a decompression bomb: " + std::to_string(produced_) + " bytes out of " +
                      std::to_string(stored_.count()),
                  {}, {}, ErrorCode::TooLarge);
    }
    return std::string_view(block.bytes.data(), got);
  }

  void produce() {
    for (std::size_t index = 0;; ++index) {
      Block& block = blocks_[index % kBlocks];
      {
        std::unique_lock lock(mutex_);
        // The block handed out last is still being read.
        changed_.wait(lock, [&] { return abandoned_ || index < released_ + kBlocks; });
        if (abandoned_) return;
      }
      try {
        block.content = fill(block);
      } catch (const std::exception& exception) {
        block.content = fail(std::string("an unexpected failure: ") + exception.what());
      }
      const bool last = !block.content || block.content->empty();
      {
        const std::lock_guard lock(mutex_);
        filled_ = index + 1;
      }
      changed_.notify_all();
      if (last) return;
    }
  }

  Result<std::string_view> take() {
    std::unique_lock lock(mutex_);
    released_ = taken_;
    changed_.notify_all();
    changed_.wait(lock, [&] { return filled_ > taken_; });
    return blocks_[taken_++ % kBlocks].content;
  }

  // Of the producing side.
  Hashed stored_;
  DecompressLimits limits_;
  std::string head_;
  std::optional<base::PrependedInput> whole_;
  std::unique_ptr<Decoder> decoder_;
  std::atomic<Compression> compression_{Compression::None};
  std::uint64_t produced_ = 0;

  // Of both.
  std::mutex mutex_;
  std::condition_variable changed_;
  std::array<Block, kBlocks> blocks_;
  std::size_t filled_ = 0;    ///< guarded by mutex_: blocks ever filled
  std::size_t released_ = 0;  ///< guarded by mutex_: blocks ever read
  bool abandoned_ = false;    ///< guarded by mutex_

  // Of the reading side.
  std::size_t taken_ = 0;
  std::optional<Error> error_;
  bool ended_ = false;
  base::Sha256 expanded_;
  std::uint64_t expanded_bytes_ = 0;
  std::thread thread_;
};

Decompressed::Decompressed(base::Input& stored, const DecompressOptions& options)
    : producer_(std::make_unique<Producer>(stored, options)) {}
Decompressed::~Decompressed() = default;

Result<std::string_view> Decompressed::next() {
  return producer_->next();
}
Result<BlobDigests> Decompressed::finish() {
  return producer_->finish();
}
Compression Decompressed::compression() const {
  return producer_->compression();
}

}  // namespace vigil::tree
