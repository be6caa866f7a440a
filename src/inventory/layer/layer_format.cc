#include "inventory/layer/layer_format.h"

#include <zstd.h>

#include <cstring>
#include <limits>

#include "base/hash.h"
#include "base/json_reader.h"
#include "base/json_tree.h"
#include "base/json_writer.h"
#include "inventory/document_parts.h"

namespace vigil::inventory {
namespace {

constexpr std::string_view kMagic = "VGLAYER\x01";
constexpr std::size_t kHeader = 8 + 8 + 16;  // magic, decompressed size, checksum
constexpr int kCompression = 1;
constexpr std::size_t kMostPackages = 1'000'000;
constexpr std::size_t kMostProblems = 1'000'000;

class Writer {
 public:
  void number(std::uint64_t value) {
    while (value >= 0x80) {
      out_ += static_cast<char>(value | 0x80U);
      value >>= 7U;
    }
    out_ += static_cast<char>(value);
  }
  void text(std::string_view bytes) {
    number(bytes.size());
    out_ += bytes;
  }
  void fixed(std::uint64_t value) {
    for (int shift = 0; shift < 64; shift += 8) out_ += static_cast<char>(value >> shift & 0xFFU);
  }
  template <typename List, typename Each>
  void list(const List& items, const Each& each) {
    number(items.size());
    for (const auto& item : items) each(item);
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

/// After the first thing that is wrong it reads nothing but zeros and empty texts.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (rest_.empty()) break;
      const auto byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
      if ((byte & 0x80U) == 0) return value;
    }
    bad_ = true;
    rest_ = {};
    return 0;
  }
  std::string_view view(std::uint64_t size) {
    if (size > rest_.size()) {
      bad_ = true;
      rest_ = {};
      return {};
    }
    const std::string_view out = rest_.substr(0, static_cast<std::size_t>(size));
    rest_.remove_prefix(out.size());
    return out;
  }
  std::string_view text() { return view(number()); }
  template <typename T, typename Each>
  void list(std::vector<T>& out, const Each& each) {
    const std::uint64_t count = number();
    // An element takes one byte at least: no count can make us reserve more than there is.
    if (count > rest_.size()) bad_ = true;
    for (std::uint64_t i = 0; i < count && !bad_; ++i) each(out.emplace_back());
  }
  void fail() { bad_ = true; }
  [[nodiscard]] bool good() const { return !bad_ && rest_.empty(); }
  [[nodiscard]] bool failed() const { return bad_; }

 private:
  std::string_view rest_;
  bool bad_ = false;
};

std::uint64_t fixed(std::string_view bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) {
    value = value << 8U | static_cast<unsigned char>(bytes[i]);
  }
  return value;
}

/// Packages and problems, as JSON: whatever a package comes to hold is in it.
std::string findings_of(const Layer& layer) {
  base::JsonWriter json;
  const auto problems = [&](const std::vector<Problem>& list) {
    json.key("problems").begin_array();
    for (const Problem& problem : list) write_problem(json, problem);
    json.end_array();
  };
  json.begin_object();
  json.key("files").begin_array();
  for (const CatalogedFile& file : layer.cataloged) {
    json.begin_object();
    json.key("packages").begin_array();
    for (const model::Package& package : file.packages) write_package(json, package);
    json.end_array();
    problems(file.problems);
    json.end_object();
  }
  json.end_array();
  problems(layer.problems);
  json.end_object();
  return json.take();
}

void read_problems(base::JsonReader& reader, const base::Json& value, std::vector<Problem>& out) {
  reader.array(value, kMostProblems, out, [&](const base::Json& item, Problem& problem) {
    reader.object(item, [&](std::string_view key, const base::Json& member) {
      if (key == "where") reader.text(member, problem.where);
      if (key == "why") reader.text(member, problem.why);
    });
  });
}

/// `layer.cataloged` has the paths already.
Result<void> read_findings(std::string_view text, Layer& layer) {
  base::JsonParser parser;
  VIGIL_TRY(const base::Json root, parser.parse(text));
  base::JsonReader reader;
  std::vector<CatalogedFile> files;
  reader.object(root, [&](std::string_view key, const base::Json& value) {
    if (key == "problems") read_problems(reader, value, layer.problems);
    if (key != "files") return;
    reader.array(value, layer.cataloged.size(), files,
                 [&](const base::Json& item, CatalogedFile& file) {
                   reader.object(item, [&](std::string_view name, const base::Json& member) {
                     if (name == "problems") read_problems(reader, member, file.problems);
                     if (name != "packages") return;
                     reader.array(member, kMostPackages, file.packages,
                                  [&](const base::Json& each, model::Package& package) {
                                    read_package(reader, each, package);
                                  });
                   });
                 });
  });
  VIGIL_CHECK(reader.result());
  if (files.size() != layer.cataloged.size()) return fail("a damaged layer result");
  for (std::size_t i = 0; i < files.size(); ++i) {
    files[i].path = std::move(layer.cataloged[i].path);
    layer.cataloged[i] = std::move(files[i]);
  }
  return ok();
}

}  // namespace

std::string layer_bytes(const Layer& layer) {
  Writer out;
  const auto text = [&](const std::string& bytes) { out.text(bytes); };
  const auto link = [&](const LayerLink& each) {
    out.text(each.path);
    out.text(each.target);
  };
  out.text(layer.blob.stored);
  out.text(layer.blob.expanded);
  out.number(layer.blob.stored_bytes);
  out.number(layer.blob.expanded_bytes);
  out.number(layer.entries);
  out.list(layer.files, [&](const KeptFile& file) {
    out.text(file.path);
    out.number(file.mode);
    out.number(file.size);
    out.number(file.whole ? 1 : 0);
    out.text(file.content);
  });
  out.list(layer.links, link);
  out.list(layer.hard_links, link);
  out.list(layer.whiteouts, text);
  out.list(layer.opaque, text);
  out.number(layer.names.complete() ? 1 : 0);
  out.number(8 * layer.names.size());
  for (const std::uint64_t name : layer.names.raw()) out.fixed(name);
  out.list(layer.cataloged, [&](const CatalogedFile& file) { out.text(file.path); });
  out.text(findings_of(layer));
  const std::string body = out.take();

  std::string bytes(kMagic);
  Writer header;
  header.fixed(body.size());
  const base::Hash128 sum = base::xxh3_128(body);
  header.fixed(sum.high);
  header.fixed(sum.low);
  bytes += header.take();
  const std::size_t begin = bytes.size();
  bytes.resize(begin + ZSTD_compressBound(body.size()));
  const std::size_t size = ZSTD_compress(bytes.data() + begin, bytes.size() - begin, body.data(),
                                         body.size(), kCompression);
  bytes.resize(ZSTD_isError(size) != 0 ? begin : begin + size);
  return bytes;
}

Result<Layer> parse_layer(std::string_view bytes, std::uint64_t limit) {
  if (bytes.size() < kHeader || !bytes.starts_with(kMagic)) {
    return fail("no layer result of this version");
  }
  const std::uint64_t size = fixed(bytes.substr(8, 8));
  const base::Hash128 sum = {fixed(bytes.substr(16, 8)), fixed(bytes.substr(24, 8))};
  if (size > limit) return fail("the layer result is too large", {}, {}, ErrorCode::TooLarge);
  const std::string_view packed = bytes.substr(kHeader);
  // What the frame says must agree before memory is asked for.
  if (ZSTD_getFrameContentSize(packed.data(), packed.size()) != size) {
    return fail("a damaged layer result");
  }
  std::string body(static_cast<std::size_t>(size), '\0');
  const std::size_t got = ZSTD_decompress(body.data(), body.size(), packed.data(), packed.size());
  if (ZSTD_isError(got) != 0 || got != size || base::xxh3_128(body) != sum) {
    return fail("a damaged layer result");
  }
  return parse_layer_body(body);
}

Result<Layer> parse_layer_body(std::string_view body) {
  Reader in(body);
  Layer layer;
  layer.blob.stored = in.text();
  layer.blob.expanded = in.text();
  layer.blob.stored_bytes = in.number();
  layer.blob.expanded_bytes = in.number();
  layer.entries = in.number();
  const auto text = [&](std::string& out) { out = in.text(); };
  const auto path = [&](std::string& out) {
    out = in.text();
    if (!out.starts_with('/')) in.fail();
  };
  const auto link = [&](LayerLink& out) {
    path(out.path);
    text(out.target);
  };
  in.list(layer.files, [&](KeptFile& file) {
    path(file.path);
    file.mode = static_cast<std::uint32_t>(in.number() & 07777U);
    file.size = in.number();
    file.whole = in.number() == 1;
    file.content = in.text();
    if (file.whole && file.content.size() != file.size) in.fail();
  });
  in.list(layer.links, link);
  in.list(layer.hard_links, link);
  in.list(layer.whiteouts, path);
  in.list(layer.opaque, path);
  const bool complete = in.number() == 1;
  const std::string_view raw = in.text();
  if (raw.size() % 8 != 0) in.fail();
  std::vector<std::uint64_t> names(raw.size() / 8);
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = fixed(raw.substr(8 * i, 8));
  if (!NameSet::from_raw(std::move(names), complete, layer.names)) in.fail();
  in.list(layer.cataloged, [&](CatalogedFile& file) { path(file.path); });
  const std::string_view findings = in.text();
  if (!in.good()) return fail("a damaged layer result");
  VIGIL_CHECK(read_findings(findings, layer));
  return layer;
}

}  // namespace vigil::inventory
