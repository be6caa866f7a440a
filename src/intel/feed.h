// A feed: one upstream format of vulnerability intelligence, and the reader that turns it into
// statements and facts. Everything downstream (segments, snapshot, matching) is the same for all.
//
// One directory per feed, `intel/feeds/<name>/<name>.cc`, defines
//   namespace vigil::intel::<name> { const Feed& feed(); }   // '-' in <name> becomes '_'
// and opens with what the feed is, the authoritative reference, the traps, what is not handled.
//
// Readers stream: memory is bounded by the largest record, not by the file. A record that cannot be
// read is reported to Sink::problem and skipped; a file that is not what it claims to be (cut
// short, wrong format) is an error, and then nothing of it is used.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/input.h"
#include "base/result.h"
#include "model/fix_state.h"
#include "model/vulnerability.h"

namespace vigil::intel {

/// A half-open or closed interval of versions, as text in the ecosystem's own scheme.
struct Range {
  std::string introduced;     ///< first affected version; empty or "0": from the beginning
  std::string fixed;          ///< first version no longer affected; empty: none known
  std::string last_affected;  ///< last affected version, inclusive; used where `fixed` is empty
  std::string below;  ///< the versions below it are affected, but it is no fix: the end of a
                      ///< branch; used where the two above are empty
  std::string after;  ///< those above it are affected; used where `introduced` is empty
};

/// One source's word on one package and one vulnerability: which versions, and the state of the
/// fix.
struct Statement {
  std::string ecosystem;  ///< "Debian:12", "Alpine:v3.21", "Ubuntu:Pro:20.04", "PyPI"
  std::string package;    ///< the name advisories use (Debian: source package); normalised later
  std::string vulnerability;  ///< any id of it; aliases are resolved when the snapshot is compiled
  model::FixState state = model::FixState::Affected;
  /// Affected ranges. Empty with empty `versions` means every version (states other than Fixed).
  std::vector<Range> ranges;
  std::vector<std::string> versions;  ///< further affected versions, one by one
  std::string vendor_severity;        ///< the vendor's word for this package and release
  std::string advisory;               ///< "DSA-5764-1", where the statement comes from one
  std::string note;  ///< the vendor's reason: "no-dsa: Minor issue", "ignored: EOL"
  std::vector<std::string> architectures;  ///< only on these, the vendor's words; empty: all
  std::vector<std::string> symbols;        ///< Go: affected only if the binary holds one of these
  /// Only there: "windows", "js/wasm" (system, processor), "/amd64"; empty: everywhere.
  std::vector<std::string> platforms;
  std::string module;  ///< rpm modularity label the statement is bound to
};

/// One source's facts about one vulnerability. Fields of model::Vulnerability that the source does
/// not know stay empty. `details.id` is the record's own id, `details.aliases` what it says is the
/// same vulnerability.
struct Facts {
  model::Vulnerability details;
  /// Ids this record speaks about without being them (OSV `upstream`; `related` of distribution
  /// advisories): a statement of this record is about each of them.
  std::vector<std::string> covers;
  bool withdrawn = false;  ///< withdrawn or rejected: the record and its statements are dropped
};

/// Where a reader puts what it reads.
class Sink {
 public:
  Sink() = default;
  Sink(const Sink&) = delete;
  Sink& operator=(const Sink&) = delete;
  virtual ~Sink() = default;

  virtual void statement(Statement statement) = 0;
  virtual void facts(Facts facts) = 0;
  /// One record was skipped: its id or position, and why.
  virtual void problem(std::string record, std::string why) = 0;
  /// The date the data itself carries (its newest record, its catalogue date), seconds since 1970.
  /// The latest one given wins.
  virtual void dated(std::int64_t seconds) = 0;
};

/// One place to download a feed from.
struct Endpoint {
  std::string_view url;   ///< https
  std::string_view name;  ///< file name to keep it under, unique over all feeds
};

struct Feed {
  std::string_view name;                ///< "osv", "debian-tracker": what --source takes
  std::string_view title;               ///< "Debian security tracker"
  std::string_view covers;              ///< one line: what it is good for
  std::span<const Endpoint> endpoints;  ///< upstream, in the order to fetch
  /// Raised whenever the reader's output for the same bytes changes: old segments are then re-read.
  std::uint32_t version;
  /// Is this document of this feed? `head` is its beginning (up to 64 KiB, decompressed), `name`
  /// the document's path inside its archive or its file name. Decides by content, not by name.
  bool (*recognises)(std::string_view head, std::string_view name);
  /// Reads one document.
  Result<void> (*read)(base::Input& input, std::string_view name, Sink& sink);
  /// Where several sources speak of the same package and vulnerability, the highest is believed
  /// (intel/believe.h). Distributions: 30 the vendor's own live data, 25 its archive, 20 its exports,
  /// 10 older exports, 0 others. Languages: 20 the databases of the ecosystem and those that collect
  /// them, 10 lists that are kept for another purpose or no longer.
  int authority = 0;
};

/// Every feed, ordered by name.
std::span<const Feed* const> all_feeds();
const Feed* find_feed(std::string_view name);

}  // namespace vigil::intel
