// Every feed's reader and recogniser. The first byte picks the feed, modulo their number in the
// order of their names; the rest is the document.

#include <cstdint>
#include <string_view>
#include <utility>

#include "base/input.h"
#include "intel/feed.h"

namespace {

class NullSink final : public vigil::intel::Sink {
 public:
  void statement(vigil::intel::Statement statement) override {
    // A statement nobody can match is a reader's mistake, whatever the input.
    if (statement.ecosystem.empty() || statement.package.empty()) __builtin_trap();
    if (statement.vulnerability.empty()) __builtin_trap();
  }
  void facts(vigil::intel::Facts facts) override {
    if (facts.details.id.empty()) __builtin_trap();
  }
  void problem(std::string /*record*/, std::string why) override {
    if (why.empty()) __builtin_trap();
  }
  void dated(std::int64_t /*seconds*/) override {}
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::string_view document = text.substr(1);
  const auto feeds = vigil::intel::all_feeds();
  for (const vigil::intel::Feed* feed : feeds) (void)feed->recognises(document, "document");
  NullSink sink;
  vigil::base::StringInput input(document);
  (void)feeds[data[0] % feeds.size()]->read(input, "document", sink);
  return 0;
}
