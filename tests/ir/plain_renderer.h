// From the representation of a block back to its strings.
#ifndef LOGPRESS_TESTS_IR_PLAIN_RENDERER_H_
#define LOGPRESS_TESTS_IR_PLAIN_RENDERER_H_

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstddef>
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "ir/ir.h"
#include "ir/number_format.h"

namespace logpress::ir {

// A second, plain way from the representation back to bytes. It takes nothing from Strings::values,
// so that what comes out is what a decoder would have to work with.
class PlainRenderer {
 public:
  explicit PlainRenderer(ByteView text) : text_(text) {}

  std::vector<std::string> Render(const Strings& strings) {
    switch (strings.kind) {
      case Strings::Kind::kText:
        return RenderText(strings.values);
      case Strings::Kind::kNumbers:
        REQUIRE(strings.numbers.values.size() == strings.values.size());
        return Render(strings.numbers);
      case Strings::Kind::kTable:
        return Render(*strings.table);
    }
    FAIL("unknown kind of list");
    return {};
  }

 private:
  std::vector<std::string> RenderText(std::span<const Slice> slices) {
    std::vector<std::string> result;
    result.reserve(slices.size());
    for (const Slice& slice : slices) {
      REQUIRE(slice.offset <= text_.size());
      REQUIRE(slice.size <= text_.size() - slice.offset);
      result.emplace_back(text_.substr(slice.offset, slice.size));
    }
    return result;
  }

  std::vector<std::string> Render(const Numbers& numbers) {
    std::vector<std::string> result;
    char bytes[std::max(kMaxNumberSize, time::kMaxTimestampSize)];
    int64_t extra = 0;
    size_t run = 0;
    if (numbers.timestamp != nullptr) REQUIRE_FALSE(numbers.extras.empty());
    for (size_t i = 0; i < numbers.values.size(); ++i) {
      if (run < numbers.extras.size() && numbers.extras[run].begin == i)
        extra = numbers.extras[run++].extra;
      const size_t size = numbers.timestamp != nullptr
                              ? numbers.timestamp->Render(numbers.values[i], extra, bytes)
                              : ir::Render(numbers.format, numbers.values[i], bytes);
      result.emplace_back(bytes, size);
    }
    return result;
  }

  std::vector<std::string> Render(const Table& table) {
    std::vector<std::vector<std::string>> dictionaries;
    for (const Strings* const dictionary : table.dictionaries) {
      dictionaries.push_back(Render(*dictionary));
      const std::vector<std::string>& values = dictionaries.back();
      REQUIRE(std::set<std::string>(values.begin(), values.end()).size() == values.size());
    }
    std::vector<std::vector<std::string>> columns;
    for (const Column& column : table.columns) {
      if (column.kind == Column::Kind::kNumbers) {
        columns.push_back(Render(column.numbers));
        continue;
      }
      columns.emplace_back();
      for (const uint32_t id : column.ids)
        columns.back().push_back(dictionaries.at(column.dictionary).at(id));
    }
    RequireFirstUseOrder(table);
    std::vector<std::string> result;
    std::vector<size_t> next(columns.size(), 0);
    for (const uint32_t t : table.row_template) {
      REQUIRE(t < table.templates.size());
      const Template& entry = table.templates[t];
      const std::vector<std::string> literals = RenderText(entry.literals);
      REQUIRE(literals.size() == entry.columns.size() + 1);
      std::string row;
      for (size_t i = 0; i < entry.columns.size(); ++i) {
        const uint32_t column = entry.columns[i];
        row += literals[i] + columns.at(column).at(next[column]++);
      }
      result.push_back(row + literals.back());
    }
    for (size_t c = 0; c < columns.size(); ++c) REQUIRE(next[c] == columns[c].size());
    return result;
  }

  // Templates, columns, dictionaries and the values in them are numbered in the order in which
  // they are first met: what the codec calls new is always the next number.
  static void RequireFirstUseOrder(const Table& table) {
    std::vector<uint32_t> rows(table.templates.size(), 0);
    std::vector<uint32_t> known(table.dictionaries.size(), 0);
    std::vector<size_t> next(table.columns.size(), 0);
    uint32_t templates = 0;
    for (const uint32_t t : table.row_template) {
      REQUIRE(t <= templates);
      templates += t == templates;
      ++rows[t];
      for (const uint32_t c : table.templates[t].columns) {
        const Column& column = table.columns[c];
        if (column.kind == Column::Kind::kNumbers) continue;
        const uint32_t id = column.ids[next[c]++];
        REQUIRE(id <= known[column.dictionary]);
        known[column.dictionary] += id == known[column.dictionary];
      }
    }
    REQUIRE(templates == table.templates.size());
    for (size_t t = 0; t < rows.size(); ++t) REQUIRE(rows[t] == table.templates[t].rows);
    for (size_t d = 0; d < known.size(); ++d)
      REQUIRE(known[d] == table.dictionaries[d]->values.size());
    uint32_t columns = 0;
    for (const Template& entry : table.templates) {
      for (const uint32_t c : entry.columns) {
        REQUIRE(c <= columns);
        columns += c == columns;
      }
    }
    REQUIRE(columns == table.columns.size());
    uint32_t dictionaries = 0;
    for (const Column& column : table.columns) {
      if (column.kind == Column::Kind::kNumbers) continue;
      REQUIRE(column.dictionary <= dictionaries);
      dictionaries += column.dictionary == dictionaries;
    }
    REQUIRE(dictionaries == table.dictionaries.size());
  }

  ByteView text_;
};

}  // namespace logpress::ir

#endif  // LOGPRESS_TESTS_IR_PLAIN_RENDERER_H_
