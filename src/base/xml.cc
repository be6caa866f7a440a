#include "base/xml.h"

#include <algorithm>
#include <cstring>
#include <pugixml.hpp>
#include <vector>

#include "base/text.h"

namespace vigil::base {
namespace {

constexpr std::size_t kMostParts = 4'000'000;
constexpr int kDeepest = 1024;

pugi::xml_node node_of(void* node) {
  return pugi::xml_node(static_cast<pugi::xml_node_struct*>(node));
}

std::string_view local(const char* name) {
  const std::string_view whole(name);
  return whole.substr(whole.find(':') + 1);
}

pugi::xml_node element_from(pugi::xml_node node, std::string_view name) {
  while (node &&
         (node.type() != pugi::node_element || (!name.empty() && local(node.name()) != name))) {
    node = node.next_sibling();
  }
  return node;
}

bool is_utf16(std::string_view text) {
  return text.size() >= 2 && (text[0] == '\0' || text[1] == '\0' || text.starts_with("\xFE\xFF") ||
                              text.starts_with("\xFF\xFE"));
}

}  // namespace

struct XmlParser::State {
  pugi::xml_document document;
  std::string text;
  std::vector<std::size_t> lines;  ///< where each line begins; empty if not known
};

XmlParser::XmlParser() : state_(std::make_unique<State>()) {}
XmlParser::XmlParser(XmlParser&& other) noexcept = default;
XmlParser& XmlParser::operator=(XmlParser&& other) noexcept = default;
XmlParser::~XmlParser() = default;

Result<Xml> XmlParser::parse(std::string_view text) {
  const auto parts =
      std::count_if(text.begin(), text.end(), [](char c) { return c == '<' || c == '='; });
  if (static_cast<std::size_t>(parts) > kMostParts) {
    return fail("more than " + std::to_string(kMostParts) + " elements and attributes", {}, {},
                ErrorCode::TooLarge);
  }
  state_->lines.clear();
  if (!is_utf16(text)) {
    state_->lines.push_back(0);
    for (std::size_t at = text.find('\n'); at != std::string_view::npos;
         at = text.find('\n', at + 1)) {
      state_->lines.push_back(at + 1);
    }
  }
  state_->text = text;
  const pugi::xml_parse_result result = state_->document.load_buffer_inplace(
      state_->text.data(), state_->text.size(), pugi::parse_default | pugi::parse_trim_pcdata);
  if (!result) {
    const auto offset = static_cast<std::size_t>(std::max<std::ptrdiff_t>(result.offset, 0));
    const auto line =
        1 + std::count(text.begin(),
                       text.begin() + static_cast<std::ptrdiff_t>(std::min(offset, text.size())),
                       '\n');
    return fail(std::string("no XML: ") + result.description(), "line " + std::to_string(line));
  }
  // The library neither parses nor frees by recursion; whoever reads the tree may.
  int depth = 0;
  for (pugi::xml_node node = state_->document.first_child(); node;) {
    if (const pugi::xml_node child = node.first_child()) {
      if (++depth >= kDeepest) {
        return fail("deeper than " + std::to_string(kDeepest) + " elements", {}, {},
                    ErrorCode::TooLarge);
      }
      node = child;
      continue;
    }
    while (node && !node.next_sibling()) {
      node = node.parent();
      --depth;
    }
    if (node) node = node.next_sibling();
  }
  return Xml(state_.get(), state_->document.document_element().internal_object());
}

std::string_view Xml::name() const {
  return local(node_of(node_).name());
}

Xml Xml::operator[](std::string_view name) const {
  return {document_, element_from(node_of(node_).first_child(), name).internal_object()};
}

Xml::Children Xml::children(std::string_view name) const {
  Children children;
  children.begin_.document_ = document_;
  children.begin_.node_ = element_from(node_of(node_).first_child(), name).internal_object();
  children.begin_.name_ = name;
  return children;
}

Xml::Children::Iterator& Xml::Children::Iterator::operator++() {
  node_ = element_from(node_of(node_).next_sibling(), name_).internal_object();
  return *this;
}

std::string_view Xml::text() const {
  return trim(node_of(node_).text().get());
}

std::optional<std::string_view> Xml::attribute(std::string_view name) const {
  for (const pugi::xml_attribute one : node_of(node_).attributes()) {
    if (local(one.name()) == name) return one.value();
  }
  return std::nullopt;
}

std::uint32_t Xml::line() const {
  if (!exists()) return 0;
  const auto& lines = static_cast<const XmlParser::State*>(document_)->lines;
  const std::ptrdiff_t offset = node_of(node_).offset_debug();
  if (lines.empty() || offset < 0) return 0;
  const auto next = std::upper_bound(lines.begin(), lines.end(), static_cast<std::size_t>(offset));
  return static_cast<std::uint32_t>(next - lines.begin());
}

}  // namespace vigil::base
