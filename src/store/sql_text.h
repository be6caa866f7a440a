// SQL under construction together with the values of its parameters. Texts of this program are added
// as they are; everything that comes from outside is bound.
//
//   SqlText sql("SELECT id FROM assessment a WHERE a.account = ");
//   sql.bind(account).add(" AND a.title IN (").bind(title).add(")");
//   from.query(sql.text(), sql.values(), visit);
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/engine.h"

namespace vigil::store {

/// Must outlive the query it is used for: the values are views into it.
class SqlText {
 public:
  SqlText() = default;
  explicit SqlText(std::string_view sql) : text_(sql) {}

  /// A text of this program; never one that came from outside.
  SqlText& add(std::string_view sql) {
    text_ += sql;
    return *this;
  }
  /// A small number of this program: a field, a status. Written as it is, so that the planner sees it.
  SqlText& constant(std::int64_t number) {
    text_ += std::to_string(number);
    return *this;
  }
  SqlText& bind(std::int64_t number) { return parameter(number); }
  SqlText& bind(double number) { return parameter(number); }
  SqlText& bind(std::string_view text) {
    kept_.emplace_back(text);
    return parameter(std::string_view(kept_.back()));
  }

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] std::span<const Value> values() const { return values_; }

 private:
  SqlText& parameter(Value value) {
    values_.push_back(value);
    text_ += '$';
    text_ += std::to_string(values_.size());
    return *this;
  }

  std::string text_;
  std::vector<Value> values_;
  std::deque<std::string> kept_;
};

}  // namespace vigil::store
