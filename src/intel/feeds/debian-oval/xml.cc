#include "intel/feeds/debian-oval/xml.h"

#include <expat.h>

#include <memory>
#include <string>
#include <vector>

namespace vigil::intel::debian_oval {
namespace {

constexpr std::size_t kDeepest = 128;
constexpr std::size_t kLongestText = 64U << 10U;

std::string_view local_name(std::string_view name) {
  const std::size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

struct State {
  XML_Parser parser = nullptr;
  const XmlVisitor* visitor = nullptr;
  std::vector<std::string> texts;  ///< of the open elements
  std::vector<std::pair<std::string_view, std::string_view>> attributes;
  std::string refusal;

  void refuse(std::string why) {
    refusal = std::move(why);
    XML_StopParser(parser, XML_FALSE);
  }
};

void on_start(void* data, const XML_Char* name, const XML_Char** attributes) {
  State& state = *static_cast<State*>(data);
  if (state.texts.size() >= kDeepest) {
    state.refuse("it is nested too deep");
    return;
  }
  state.texts.emplace_back();
  state.attributes.clear();
  for (; *attributes != nullptr; attributes += 2) {
    state.attributes.emplace_back(local_name(attributes[0]), attributes[1]);
  }
  state.visitor->start({local_name(name), state.attributes});
}

void on_text(void* data, const XML_Char* text, int length) {
  State& state = *static_cast<State*>(data);
  if (state.texts.empty()) return;
  std::string& whole = state.texts.back();
  const auto size = static_cast<std::size_t>(length);
  if (whole.size() + size <= kLongestText) whole.append(text, size);
}

void on_end(void* data, const XML_Char* name) {
  State& state = *static_cast<State*>(data);
  state.visitor->end(local_name(name), state.texts.back());
  state.texts.pop_back();
}

void on_document_type(void* data, const XML_Char* /*name*/, const XML_Char* /*system*/,
                      const XML_Char* /*public_id*/, int /*has_internal*/) {
  static_cast<State*>(data)->refuse("it declares a document type");
}

}  // namespace

std::string_view XmlElement::attribute(std::string_view key) const {
  for (const auto& [attribute_name, value] : attributes) {
    if (attribute_name == key) return value;
  }
  return {};
}

Result<void> visit_xml(base::Input& input, const XmlVisitor& visitor) {
  const std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser(
      XML_ParserCreate(nullptr), &XML_ParserFree);
  if (!parser) return fail("no memory for an XML parser");
  State state;
  state.parser = parser.get();
  state.visitor = &visitor;
  XML_SetUserData(parser.get(), &state);
  XML_SetElementHandler(parser.get(), on_start, on_end);
  XML_SetCharacterDataHandler(parser.get(), on_text);
  XML_SetStartDoctypeDeclHandler(parser.get(), on_document_type);
  std::vector<char> buffer(64U << 10U);
  for (;;) {
    VIGIL_TRY(const std::size_t count, input.read(buffer));
    const auto status =
        XML_Parse(parser.get(), buffer.data(), static_cast<int>(count), count == 0 ? 1 : 0);
    if (status != XML_STATUS_OK) {
      const std::string line = "line " + std::to_string(XML_GetCurrentLineNumber(parser.get()));
      if (!state.refusal.empty()) return fail(std::move(state.refusal), line);
      return fail(
          std::string("not well-formed XML: ") + XML_ErrorString(XML_GetErrorCode(parser.get())),
          line, "the file may be cut short: fetch it again");
    }
    if (count == 0) return ok();
  }
}

}  // namespace vigil::intel::debian_oval
