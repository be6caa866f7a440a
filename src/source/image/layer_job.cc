#include "source/image/layer_job.h"

#include "base/json_reader.h"
#include "base/json_tree.h"
#include "base/json_writer.h"

namespace vigil::source {

std::string layer_arguments(const LayerCall& call) {
  base::JsonWriter json;
  json.begin_object().member("form", static_cast<std::uint64_t>(call.form));
  json.member("offset", call.offset);
  if (call.size) json.member("size", *call.size);
  json.member("catalogers", call.catalogers);
  json.key("also").begin_array();
  for (const inventory::AlsoLook& look : call.also) {
    json.begin_object().member("path", look.path).member("name", look.name);
    json.member("as", look.as).end_object();
  }
  json.end_array().end_object();
  return json.take();
}

Result<LayerCall> parse_layer_arguments(std::string_view text) {
  base::JsonParser parser;
  VIGIL_TRY(const base::Json root, parser.parse(text));
  base::JsonReader reader;
  LayerCall call;
  std::uint64_t form = 0;
  reader.object(root, [&](std::string_view key, const base::Json& value) {
    if (key == "form") reader.whole(value, form);
    if (key == "offset") reader.whole(value, call.offset);
    if (key == "size") reader.whole(value, call.size.emplace());
    if (key == "catalogers") reader.texts(value, 1000, call.catalogers);
    if (key != "also") return;
    reader.array(value, 1'000'000, call.also,
                 [&](const base::Json& item, inventory::AlsoLook& look) {
                   reader.object(item, [&](std::string_view name, const base::Json& member) {
                     if (name == "path") reader.text(member, look.path);
                     if (name == "name") reader.text(member, look.name);
                     if (name == "as") reader.text(member, look.as);
                   });
                 });
  });
  VIGIL_CHECK(reader.result());
  if (form > static_cast<std::uint64_t>(LayerForm::Listed)) return fail("not a form of a layer");
  call.form = static_cast<LayerForm>(form);
  return call;
}

}  // namespace vigil::source
