#include "intel/source_list.h"

#include "intel/codec.h"

namespace vigil::intel {

std::string encode_source_list(const SourceList& list) {
  Encoder out;
  out.texts(list.feeds).text(list.epss_date).number(list.sources.size());
  for (const Source& source : list.sources) {
    out.text(source.label)
        .text(source.identity)
        .text(source.origin)
        .signed_number(source.read)
        .number(source.kept ? 1 : 0)
        .text(source.failure)
        .number(source.feeds.size());
    for (const FeedCount& feed : source.feeds) encode_feed_count(out, feed);
  }
  return out.take();
}

Result<SourceList> decode_source_list(std::string_view bytes) {
  Decoder in(bytes);
  SourceList list;
  list.feeds = in.texts();
  list.epss_date = in.text();
  list.sources.resize(in.count(7));
  for (Source& source : list.sources) {
    source.label = in.text();
    source.identity = in.text();
    source.origin = in.text();
    source.read = in.signed_number();
    source.kept = in.number() != 0;
    source.failure = in.text();
    source.feeds.resize(in.count(8));
    for (FeedCount& feed : source.feeds) feed = decode_feed_count(in);
  }
  if (in.failed()) return fail("the list of sources in the snapshot is damaged");
  return list;
}

}  // namespace vigil::intel
