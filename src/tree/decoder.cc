// gzip (RFC 1952): several members follow one another (pigz, estargz, `cat a.gz b.gz`); zeros behind
// the last are padding, anything else is an error, as it is to container runtimes.
// zstd (RFC 8878): frames and skippable frames follow one another (zstd:chunked has its index in
// one). A frame may ask for a window of up to 2^27 bytes, what `zstd -d` allows without a word.
// xz: up to 128 MiB of memory for its dictionary (`xz -9` takes 65).
#include "tree/decoder.h"

#include <isa-l/igzip_lib.h>
#include <lzma.h>
#include <zstd.h>

#include <algorithm>
#include <string>
#include <vector>

namespace vigil::tree {
namespace {

constexpr std::size_t kStoredBlock = std::size_t{128} << 10;
constexpr int kWindowLog = 27;
constexpr std::uint64_t kXzMemory = std::uint64_t{128} << 20;

/// What was read of the stored bytes and not yet used.
class Feed {
 public:
  explicit Feed(base::Input& stored) : stored_(stored), block_(kStoredBlock) {}

  /// More bytes if none are left; false at the end.
  Result<bool> fill() {
    if (begin_ < end_) return true;
    VIGIL_TRY(end_, stored_.read(block_));
    begin_ = 0;
    return end_ != 0;
  }
  [[nodiscard]] const char* data() const { return block_.data() + begin_; }
  [[nodiscard]] std::size_t size() const { return end_ - begin_; }
  void use_up_to(const void* position) {
    begin_ = static_cast<std::size_t>(static_cast<const char*>(position) - block_.data());
  }

 private:
  base::Input& stored_;
  std::vector<char> block_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

tl::unexpected<Error> ends_early(std::string_view what) {
  return fail("the " + std::string(what) + " data ends early");
}

class Plain final : public Decoder {
 public:
  explicit Plain(base::Input& stored) : stored_(stored) {}
  Result<std::size_t> decode(std::span<char> out) override {
    std::size_t done = 0;
    while (done < out.size()) {
      VIGIL_TRY(const std::size_t got, stored_.read(out.subspan(done)));
      if (got == 0) break;
      done += got;
    }
    return done;
  }

 private:
  base::Input& stored_;
};

class Gzip final : public Decoder {
 public:
  explicit Gzip(base::Input& stored) : feed_(stored), state_(std::make_unique<inflate_state>()) {
    isal_inflate_init(state_.get());
    state_->crc_flag = ISAL_GZIP;
  }

  Result<std::size_t> decode(std::span<char> out) override {
    std::size_t done = 0;
    while (done < out.size()) {
      VIGIL_TRY(const bool more, feed_.fill());
      if (state_->block_state == ISAL_BLOCK_FINISH) {
        if (!more) break;
        VIGIL_TRY(const bool another, next_member());
        if (!another) break;
      }
      VIGIL_TRY(const std::size_t got, step(out.subspan(done), more));
      done += got;
    }
    return done;
  }

 private:
  /// Only zeros may stand behind the last member.
  Result<bool> next_member() {
    if (!padding_ && *feed_.data() != 0) {
      isal_inflate_reset(state_.get());
      state_->crc_flag = ISAL_GZIP;
      return true;
    }
    padding_ = true;
    for (;;) {
      const std::string_view rest(feed_.data(), feed_.size());
      if (rest.find_first_not_of('\0') != std::string_view::npos) {
        return fail("there is something else behind the gzip data");
      }
      feed_.use_up_to(rest.data() + rest.size());
      VIGIL_TRY(const bool more, feed_.fill());
      if (!more) return false;
    }
  }

  Result<std::size_t> step(std::span<char> out, bool more) {
    // ISA-L's input is not const, but it only reads it.
    state_->next_in = reinterpret_cast<std::uint8_t*>(const_cast<char*>(feed_.data()));
    state_->avail_in = static_cast<std::uint32_t>(feed_.size());
    state_->next_out = reinterpret_cast<std::uint8_t*>(out.data());
    state_->avail_out = static_cast<std::uint32_t>(std::min<std::size_t>(out.size(), 1U << 30));
    const std::uint32_t room = state_->avail_out;
    const int status = isal_inflate(state_.get());
    if (status == ISAL_INCORRECT_CHECKSUM) return fail("the gzip data has a wrong checksum");
    if (status < 0) return fail("the gzip data is damaged");
    const std::size_t used = feed_.size() - state_->avail_in;
    if (more) feed_.use_up_to(state_->next_in);
    const std::size_t got = room - state_->avail_out;
    if (got == 0 && used == 0 && state_->block_state != ISAL_BLOCK_FINISH)
      return ends_early("gzip");
    return got;
  }

  Feed feed_;
  std::unique_ptr<inflate_state> state_;
  bool padding_ = false;
};

struct FreeZstd {
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

class Zstd final : public Decoder {
 public:
  explicit Zstd(base::Input& stored) : feed_(stored), context_(ZSTD_createDCtx()) {
    if (context_) ZSTD_DCtx_setParameter(context_.get(), ZSTD_d_windowLogMax, kWindowLog);
  }

  Result<std::size_t> decode(std::span<char> out) override {
    if (!context_) return fail("out of memory", {}, {}, ErrorCode::TooLarge);
    ZSTD_outBuffer output = {out.data(), out.size(), 0};
    while (output.pos < output.size) {
      VIGIL_TRY(const bool more, feed_.fill());
      if (!more && !in_frame_) break;
      ZSTD_inBuffer input = {feed_.data(), feed_.size(), 0};
      const std::size_t before = output.pos;
      const std::size_t status = ZSTD_decompressStream(context_.get(), &output, &input);
      if (ZSTD_isError(status) != 0) {
        return fail(std::string("the zstd data is damaged: ") + ZSTD_getErrorName(status));
      }
      if (more) feed_.use_up_to(feed_.data() + input.pos);
      in_frame_ = status != 0;
      if (!more && in_frame_ && output.pos == before) return ends_early("zstd");
    }
    return output.pos;
  }

 private:
  Feed feed_;
  std::unique_ptr<ZSTD_DCtx, FreeZstd> context_;
  bool in_frame_ = true;
};

class Xz final : public Decoder {
 public:
  explicit Xz(base::Input& stored) : feed_(stored) {
    good_ = lzma_stream_decoder(&stream_, kXzMemory, LZMA_CONCATENATED) == LZMA_OK;
  }
  ~Xz() override { lzma_end(&stream_); }

  Result<std::size_t> decode(std::span<char> out) override {
    if (!good_) return fail("out of memory", {}, {}, ErrorCode::TooLarge);
    stream_.next_out = reinterpret_cast<std::uint8_t*>(out.data());
    stream_.avail_out = out.size();
    while (stream_.avail_out != 0 && !finished_) {
      VIGIL_TRY(const bool more, feed_.fill());
      stream_.next_in = reinterpret_cast<const std::uint8_t*>(feed_.data());
      stream_.avail_in = feed_.size();
      const lzma_ret status = lzma_code(&stream_, more ? LZMA_RUN : LZMA_FINISH);
      if (more) feed_.use_up_to(stream_.next_in);
      if (status == LZMA_STREAM_END) {
        finished_ = true;
      } else if (status == LZMA_MEMLIMIT_ERROR) {
        return fail("the xz data needs too much memory", {}, {}, ErrorCode::TooLarge);
      } else if (status == LZMA_BUF_ERROR && !more) {
        return ends_early("xz");
      } else if (status != LZMA_OK && status != LZMA_BUF_ERROR) {
        return fail("the xz data is damaged");
      }
    }
    return out.size() - stream_.avail_out;
  }

 private:
  Feed feed_;
  lzma_stream stream_ = LZMA_STREAM_INIT;
  bool good_ = false;
  bool finished_ = false;
};

}  // namespace

Compression compression_of(std::string_view head) {
  if (head.starts_with("\x1f\x8b")) return Compression::Gzip;
  if (head.starts_with("\x28\xb5\x2f\xfd")) return Compression::Zstd;
  // A skippable frame first: zstd's magic numbers 0x184D2A50 to 0x184D2A5F.
  if (head.size() >= 4 && (static_cast<unsigned char>(head[0]) & 0xF0U) == 0x50 &&
      head.substr(1, 3) == "\x2a\x4d\x18") {
    return Compression::Zstd;
  }
  if (head.starts_with(std::string_view("\xfd"
                                        "7zXZ\0",
                                        6))) {
    return Compression::Xz;
  }
  return Compression::None;
}

std::string_view to_string(Compression compression) {
  switch (compression) {
    case Compression::Gzip:
      return "gzip";
    case Compression::Zstd:
      return "zstd";
    case Compression::Xz:
      return "xz";
    case Compression::None:
      break;
  }
  return "none";
}

std::unique_ptr<Decoder> make_decoder(Compression compression, base::Input& stored) {
  switch (compression) {
    case Compression::Gzip:
      return std::make_unique<Gzip>(stored);
    case Compression::Zstd:
      return std::make_unique<Zstd>(stored);
    case Compression::Xz:
      return std::make_unique<Xz>(stored);
    case Compression::None:
      break;
  }
  return std::make_unique<Plain>(stored);
}

}  // namespace vigil::tree
