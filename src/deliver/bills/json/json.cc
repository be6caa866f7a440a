// Vigil's own inventory document (docs/formats/inventory.md): everything that was found, also what no
// bill of materials has a place for.

#include "base/json_writer.h"
#include "deliver/bill.h"
#include "inventory/document.h"

namespace vigil::deliver::json {
namespace {

std::string write(const BillSubject& subject) {
  base::JsonWriter json(2);
  json.laid_out(inventory::inventory_document(subject.inventory));
  return json.take() + "\n";
}

}  // namespace

const Bill& bill() {
  static const Bill kBill = {"json", "Vigil's inventory (JSON)", write};
  return kBill;
}

}  // namespace vigil::deliver::json
