#include "tree/disk/expand.h"

#include <isa-l/igzip_lib.h>
#include <zstd.h>

#include <memory>

namespace vigil::tree::disk {
namespace {

Result<std::string> inflate(std::string_view packed, std::size_t size, std::uint32_t header) {
  const auto state = std::make_unique<inflate_state>();
  isal_inflate_init(state.get());
  state->crc_flag = header;
  std::string out(size, '\0');
  // ISA-L reads only, but takes a pointer to bytes that are not const.
  state->next_in = reinterpret_cast<std::uint8_t*>(const_cast<char*>(packed.data()));
  state->avail_in = static_cast<std::uint32_t>(packed.size());
  state->next_out = reinterpret_cast<std::uint8_t*>(out.data());
  state->avail_out = static_cast<std::uint32_t>(out.size());
  const int status = isal_inflate(state.get());
  if (status != ISAL_DECOMP_OK || state->avail_out != 0) {
    return fail("a compressed block is damaged");
  }
  return out;
}

}  // namespace

Result<std::string> expand_deflate(std::string_view packed, std::size_t size) {
  return inflate(packed, size, ISAL_DEFLATE);
}

Result<std::string> expand_zlib(std::string_view packed, std::size_t size) {
  return inflate(packed, size, ISAL_ZLIB);
}

Result<std::string> expand_zstd(std::string_view packed, std::size_t size) {
  const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(ZSTD_createDCtx(),
                                                                     &ZSTD_freeDCtx);
  if (!context) return fail("no memory to expand a block", {}, {}, ErrorCode::TooLarge);
  std::string out(size, '\0');
  ZSTD_inBuffer input{packed.data(), packed.size(), 0};
  ZSTD_outBuffer output{out.data(), out.size(), 0};
  while (output.pos < output.size) {
    const std::size_t before = input.pos + output.pos;
    const std::size_t status = ZSTD_decompressStream(context.get(), &output, &input);
    if (ZSTD_isError(status) != 0 || input.pos + output.pos == before ||
        (status == 0 && output.pos < output.size)) {
      return fail("a compressed block is damaged");
    }
  }
  return out;
}

}  // namespace vigil::tree::disk
