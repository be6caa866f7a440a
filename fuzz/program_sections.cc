// The sections and segments of an ELF, PE or Mach-O file lie in it.
#include "inventory/program/sections.h"

#include <cstdlib>

namespace vigil::inventory {
namespace {

bool lies_in(std::string_view part, std::string_view whole) {
  return part.empty() ||
         (part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view file(reinterpret_cast<const char*>(data), size);
  for (const Program& program : read_programs(file)) {
    if (!lies_in(program.content, file)) std::abort();
    for (const Section& section : program.sections) {
      if (!lies_in(section.content, program.content)) std::abort();
      if (!lies_in(section.name, program.content)) std::abort();
      if (!lies_in(program.at(section.address), program.content)) std::abort();
    }
    for (const Segment& segment : program.segments) {
      if (!lies_in(segment.content, program.content)) std::abort();
    }
  }
  return 0;
}

}  // namespace vigil::inventory
