// The database of apk-tools: paragraphs of lines "X:value", X one letter.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "inventory/inventory.h"

namespace vigil::inventory::apk {

struct Record {
  std::string name;          ///< P
  std::string version;       ///< V
  std::string architecture;  ///< A
  std::string origin;        ///< o, the source package; the name without one
  std::string license;       ///< L
  std::string maintainer;    ///< m
  std::uint32_t line = 0;
};

/// A paragraph without a valid name and version costs only itself.
std::vector<Record> parse_installed(std::string_view text, const std::string& where,
                                    std::vector<Problem>& problems);

/// Every file (F and R lines) with the number of the package it belongs to, counted as
/// parse_installed returns them.
void visit_files(std::string_view text,
                 const std::function<void(std::size_t, std::string_view)>& visit);

}  // namespace vigil::inventory::apk
