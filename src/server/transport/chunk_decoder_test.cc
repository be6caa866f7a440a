#include "server/transport/chunk_decoder.h"

#include <gtest/gtest.h>

namespace vigil::server {
namespace {

using State = ChunkDecoder::State;

struct Decoded {
  State state = State::More;
  std::string body;
  std::size_t used = 0;
};

Decoded decode(std::string_view bytes, std::size_t step, std::uint64_t limit = 100) {
  ChunkDecoder decoder(limit);
  Decoded out;
  while (!bytes.empty() && decoder.state() == State::More) {
    const std::string_view piece = bytes.substr(0, step);
    bytes.remove_prefix(piece.size());
    out.used += decoder.decode(piece, out.body);
  }
  out.state = decoder.state();
  return out;
}

TEST(ChunkDecoder, TakesTheChunksOffWhateverThePieces) {
  const std::string_view text =
      "5\r\nhello\r\n006;a=\"b;c\";d\r\n world\r\nA\r\n0123456789\r\n0;last\r\nX-Sum: 1\r\n\r\nGET";
  for (std::size_t step = 1; step <= text.size(); ++step) {
    const Decoded out = decode(text, step);
    EXPECT_EQ(out.state, State::Done) << step;
    EXPECT_EQ(out.body, "hello world0123456789") << step;
    EXPECT_EQ(out.used, text.size() - 3) << step;
  }
}

TEST(ChunkDecoder, WhatIsNoChunkIsBad) {
  for (const std::string_view bad : {"\r\n",
                                     "x\r\n",
                                     "-1\r\n",
                                     "+1\r\n",
                                     "0x1\r\n",
                                     " 1\r\n",
                                     "1 \r\n",
                                     "1 ;a\r\n",
                                     ";a\r\n",
                                     "1\n",
                                     "1\r\r\n",
                                     "1\ra\r\n",
                                     "11111111111111111\r\n",
                                     "1;\x01\r\n",
                                     "1;\r\n",
                                     "1;a=\r\n",
                                     "1;a=\"b\r\n",
                                     "1;a;=b\r\n",
                                     "1;a=\"b\"c\r\n",
                                     "1\r\nab",
                                     "1\r\na\n",
                                     "1\r\na\rb",
                                     "0\r\nno field\r\n",
                                     "0\r\n folded: a\r\n",
                                     "0\r\na b: c\r\n",
                                     "0\r\na: \x01\r\n",
                                     "0\r\ncontent-length: 4\r\n",
                                     "0\r\nHost: x\r\n",
                                     "0\r\na: b\n\n"}) {
    for (const std::size_t step : {std::size_t{1}, std::size_t{100}}) {
      EXPECT_EQ(decode(bad, step).state, State::Bad) << bad << " by " << step;
    }
  }
  EXPECT_EQ(decode(std::string("1;\0\r\n", 5), 100).state, State::Bad);
}

TEST(ChunkDecoder, HasLimits) {
  EXPECT_EQ(decode("64\r\n", 1).state, State::More);
  EXPECT_EQ(decode("65\r\n", 1).state, State::TooLarge);
  EXPECT_EQ(decode("FFFFFFFFFFFFFFFF\r\n", 1).state, State::TooLarge);
  EXPECT_EQ(decode("3\r\nabc\r\n3\r\n", 1, 5).state, State::TooLarge);
  EXPECT_EQ(decode("1;" + std::string(5000, 'a'), 100).state, State::Bad);
  std::string trailer = "0\r\n";
  for (int i = 0; i < 5; ++i) trailer += "a: " + std::string(2000, 'b') + "\r\n";
  EXPECT_EQ(decode(trailer, 100).state, State::Bad);
}

}  // namespace
}  // namespace vigil::server
