#include "base/yaml.h"

#include <yaml.h>

#include <algorithm>
#include <initializer_list>
#include <map>
#include <string>
#include <utility>

#include "base/text.h"

namespace vigil::base {
namespace {

constexpr std::string_view kOwnTags = "tag:yaml.org,2002:";

std::string_view view(const yaml_char_t* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

/// One event of libyaml, released with it.
class Event {
 public:
  Event() = default;
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;
  ~Event() { yaml_event_delete(&event_); }

  bool next(yaml_parser_t& parser) {
    yaml_event_delete(&event_);
    event_ = {};
    return yaml_parser_parse(&parser, &event_) != 0;
  }
  const yaml_event_t* operator->() const { return &event_; }
  [[nodiscard]] std::uint32_t line() const {
    return static_cast<std::uint32_t>(event_.start_mark.line + 1);
  }

 private:
  yaml_event_t event_ = {};
};

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  for (const std::string_view word : words) {
    if (text == word) return true;
  }
  return false;
}

bool all_of(std::string_view text, std::string_view allowed) {
  return !text.empty() && text.find_first_not_of(allowed) == std::string_view::npos;
}

/// By the core schema: decimal, hexadecimal, octal, with a point and an exponent, infinite, none.
bool is_number(std::string_view text) {
  if (text.starts_with("0x")) return all_of(text.substr(2), "0123456789abcdefABCDEF");
  if (text.starts_with("0o")) return all_of(text.substr(2), "01234567");
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  if (is_one_of(text, {".inf", ".Inf", ".INF", ".nan", ".NaN", ".NAN"})) return true;
  const std::size_t exponent = text.find_first_of("eE");
  std::string_view power = exponent == std::string_view::npos ? "0" : text.substr(exponent + 1);
  if (power.starts_with('-') || power.starts_with('+')) power.remove_prefix(1);
  std::string_view digits = text.substr(0, exponent);
  const std::size_t point = digits.find('.');
  const std::string_view whole = digits.substr(0, point);
  const std::string_view part =
      point == std::string_view::npos ? std::string_view() : digits.substr(point + 1);
  constexpr std::string_view kDigits = "0123456789";
  return all_of(power, kDigits) && (!whole.empty() || !part.empty()) &&
         (whole.empty() || all_of(whole, kDigits)) && (part.empty() || all_of(part, kDigits));
}

Node::Kind plain_kind(std::string_view text) {
  if (text.size() > 64) return Node::Kind::Text;
  if (is_one_of(text, {"", "~", "null", "Null", "NULL"})) return Node::Kind::Null;
  if (is_one_of(text, {"true", "True", "TRUE", "false", "False", "FALSE"})) {
    return Node::Kind::Truth;
  }
  return is_number(text) ? Node::Kind::Number : Node::Kind::Text;
}

Node scalar_of(const Event& event) {
  const auto& scalar = event->data.scalar;
  std::string text(reinterpret_cast<const char*>(scalar.value), scalar.length);
  std::string_view tag = view(scalar.tag);
  Node::Kind kind = Node::Kind::Text;
  if (scalar.style == YAML_PLAIN_SCALAR_STYLE && tag != "tag:yaml.org,2002:str" && tag != "!") {
    kind = plain_kind(text);
  }
  return {kind, std::move(text), event.line()};
}

std::size_t bytes_of(const Node& node) {
  std::size_t bytes = sizeof(Node) + node.text().size() + node.tag().size();
  for (const Node& item : node.items()) bytes += bytes_of(item);
  for (const Node::Member& member : node.members()) {
    bytes += sizeof(member) + member.key.size() + bytes_of(member.value);
  }
  return bytes;
}

std::size_t depth_of(const Node& node) {
  std::size_t depth = 0;
  for (const Node& item : node.items()) depth = std::max(depth, depth_of(item));
  for (const Node::Member& member : node.members()) depth = std::max(depth, depth_of(member.value));
  return depth + 1;
}

class Reader {
 public:
  Reader(std::string_view text, const YamlLimits& limits) : limits_(limits) {
    if (yaml_parser_initialize(&parser_) == 0) return;
    initialized_ = true;
    yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text.data()),
                                 text.size());
  }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  ~Reader() {
    if (initialized_) yaml_parser_delete(&parser_);
  }

  /// True if the text is no valid UTF-8, after a failure.
  [[nodiscard]] bool not_utf8() const { return parser_.error == YAML_READER_ERROR; }

  Result<std::vector<Node>> documents(std::size_t count) {
    if (!initialized_) return fail("no memory for a YAML parser", {}, {}, ErrorCode::TooLarge);
    std::vector<Node> documents;
    Event event;
    while (true) {
      if (!event.next(parser_)) return failure();
      if (event->type == YAML_STREAM_END_EVENT) break;
      if (event->type == YAML_DOCUMENT_START_EVENT) documents.emplace_back();
      if (event->type == YAML_DOCUMENT_END_EVENT) {
        if (documents.size() == count) break;
        anchors_.clear();
      }
      VIGIL_CHECK(take(event, documents));
    }
    return documents;
  }

 private:
  /// A list or map that is being read, and in a map the key whose value comes next.
  struct Level {
    Node node;
    std::string anchor;
    std::string key;
    std::uint32_t key_line = 0;
    bool has_key = false;
    bool key_counts = true;
    std::vector<Node> merges;
  };

  Result<void> take(const Event& event, std::vector<Node>& documents) {
    switch (event->type) {
      case YAML_SCALAR_EVENT: {
        Node node = scalar_of(event);
        keep_tag(node, view(event->data.scalar.tag));
        return finish(std::move(node), std::string(view(event->data.scalar.anchor)), documents);
      }
      case YAML_ALIAS_EVENT: {
        const auto found = anchors_.find(view(event->data.alias.anchor));
        if (found == anchors_.end()) return fail("an alias of nothing", where(event.line()));
        if (levels_.size() + found->second.depth > limits_.depth) return too_large(event.line());
        VIGIL_CHECK(copy(found->second.bytes, event.line()));
        return finish(found->second.node, {}, documents);
      }
      case YAML_SEQUENCE_START_EVENT: {
        Node node(Node::Kind::List, event.line());
        keep_tag(node, view(event->data.sequence_start.tag));
        return open(std::move(node), view(event->data.sequence_start.anchor), event.line());
      }
      case YAML_MAPPING_START_EVENT: {
        Node node(Node::Kind::Map, event.line());
        keep_tag(node, view(event->data.mapping_start.tag));
        return open(std::move(node), view(event->data.mapping_start.anchor), event.line());
      }
      case YAML_SEQUENCE_END_EVENT:
      case YAML_MAPPING_END_EVENT: {
        Level level = std::move(levels_.back());
        levels_.pop_back();
        for (const Node& from : level.merges) VIGIL_CHECK(merge(from, level.node));
        return finish(std::move(level.node), std::move(level.anchor), documents);
      }
      default:
        return ok();
    }
  }

  static void keep_tag(Node& node, std::string_view tag) {
    if (!tag.empty() && tag != "!" && !tag.starts_with(kOwnTags)) node.set_tag(std::string(tag));
  }

  Result<void> open(Node node, std::string_view anchor, std::uint32_t line) {
    if (levels_.size() >= limits_.depth) return too_large(line);
    levels_.push_back({std::move(node), std::string(anchor), {}});
    return ok();
  }

  /// A whole value: kept under its anchor, and put where it belongs.
  Result<void> finish(Node node, std::string anchor, std::vector<Node>& documents) {
    const std::uint32_t line = node.line();
    if (++nodes_ > limits_.nodes) return too_large(line);
    if (!anchor.empty()) {
      const std::size_t bytes = bytes_of(node);
      VIGIL_CHECK(copy(bytes, line));
      anchors_.insert_or_assign(std::move(anchor), Anchor{node, bytes, depth_of(node)});
    }
    if (levels_.empty()) {
      documents.back() = std::move(node);
      return ok();
    }
    Level& level = levels_.back();
    if (level.node.is_list()) {
      level.node.append(std::move(node));
      return ok();
    }
    if (!level.has_key) {
      level.has_key = true;
      level.key_counts = !node.is_list() && !node.is_map();
      level.key = node.text();
      level.key_line = line;
      return ok();
    }
    level.has_key = false;
    if (!level.key_counts) return ok();
    if (level.key == "<<" && (node.is_map() || node.is_list())) {
      level.merges.push_back(std::move(node));
      return ok();
    }
    level.node.append(std::move(level.key), level.key_line, std::move(node));
    return ok();
  }

  /// What the map itself says counts more, wherever the merge key stands.
  Result<void> merge(const Node& from, Node& into) {
    if (from.is_list()) {
      for (const Node& item : from.items()) {
        if (item.is_map()) VIGIL_CHECK(merge(item, into));
      }
      return ok();
    }
    for (const Node::Member& member : from.members()) {
      nodes_ += into.members().size() / 64 + 1;  // the search below costs
      if (nodes_ > limits_.nodes) return too_large(from.line());
      if (into[member.key].exists()) continue;
      into.append(member.key, member.line, member.value);
    }
    return ok();
  }

  Result<void> copy(std::size_t bytes, std::uint32_t line) {
    copied_ += bytes;
    return copied_ > limits_.copied ? too_large(line) : ok();
  }

  static std::string where(std::size_t line) { return "line " + std::to_string(line); }

  static Result<void> too_large(std::uint32_t line) {
    return fail("too deep or too large a YAML document", where(line), {}, ErrorCode::TooLarge);
  }

  [[nodiscard]] tl::unexpected<Error> failure() const {
    const std::string problem = parser_.problem == nullptr ? "" : parser_.problem;
    return fail("not YAML: " + problem, where(parser_.problem_mark.line + 1));
  }

  struct Anchor {
    Node node;
    std::size_t bytes;
    std::size_t depth;
  };

  yaml_parser_t parser_ = {};
  bool initialized_ = false;
  const YamlLimits& limits_;
  std::vector<Level> levels_;
  std::map<std::string, Anchor, std::less<>> anchors_;
  std::size_t nodes_ = 0;
  std::size_t copied_ = 0;
};

Result<std::vector<Node>> parse(std::string_view text, std::size_t count,
                                const YamlLimits& limits) {
  Reader reader(text, limits);
  auto documents = reader.documents(count);
  if (documents || !reader.not_utf8()) return documents;
  const std::string mended = printable(text);
  return Reader(mended, limits).documents(count);
}

}  // namespace

Result<Node> parse_yaml(std::string_view text, const YamlLimits& limits) {
  VIGIL_TRY(std::vector<Node> documents, parse(text, 1, limits));
  return documents.empty() ? Node() : std::move(documents.front());
}

Result<std::vector<Node>> parse_yaml_documents(std::string_view text, const YamlLimits& limits) {
  return parse(text, text.size() + 1, limits);
}

}  // namespace vigil::base
