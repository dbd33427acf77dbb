// What each family of contexts of the mix backend is worth: the size of logs packed with all of
// them, and with one family left out at a time.
//
//   mix_ablation FILE...
//
// Prints a row a family: how much larger the packed logs become without it, as geometric mean over
// the files and at most. Reads no more than the first 4 MiB of a file. A family that is left out
// keeps its inputs of the mixer, which then say nothing.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "backend/mix/parse.h"
#include "backend/mix/row_model.h"
#include "backend/mix/sizes.h"
#include "codec/range_coder.h"
#include "ir/builder.h"
#include "text/tokenizer.h"

namespace logpress::mix {
namespace {

constexpr size_t kMostBytes = size_t{4} << 20;

struct Row {
  const char* name;
  LeftOut left_out;
};

constexpr Row kRows[] = {
    {"nothing", LeftOut()},
    {"values: contexts of the values to the left", LeftOut(Family::kLeft)},
    {"values: contexts of the values above", LeftOut(Family::kAbove)},
    {"values: contexts shared by columns of different templates", LeftOut(Family::kShared)},
    {"values: places in other rows and in this one", LeftOut(Family::kRows)},
    {"candidates: hashed contexts of the decision", LeftOut(Family::kDecisions)},
    {"templates: more than the last two", LeftOut(Family::kTemplates)},
    {"templates inside values: contexts of the column", LeftOut(Family::kNested)},
    {"numbers as differences", LeftOut(Family::kDifferences)},
    {"timestamps: contexts of their differences", LeftOut(Family::kTimes)},
    {"text: orders 2 to 6", LeftOut(Family::kOrders)},
    {"text: words", LeftOut(Family::kWords)},
    {"text: column and position", LeftOut(Family::kColumns)},
    {"text: the value above and expected ones", LeftOut(Family::kExpected)},
    {"text: match models", LeftOut(Family::kMatches)},
};

// The packed size of `text`, or 0 if it is no log to mix.
size_t PackedSize(const std::string& text, LeftOut left_out) {
  ir::Builder builder;
  const ir::BlockView block = builder.Build(text);
  if (block.root == nullptr || block.root->kind != ir::Strings::Kind::kTable) return 0;
  const Sizes sizes(text.size());
  const Vector<time::TimestampFormat> formats = text::DetectTimestamps(text, block.root->values);
  Parse parse;
  if (!ParseBlock(text, block.root->values, formats, sizes, &parse)) return 0;
  ByteBuffer packed;
  Encoder coder(&packed);
  const auto model = std::make_unique<RowModel>(sizes, formats);
  model->LeaveOut(left_out);
  model->Encode(coder, text, &parse);
  coder.Finish();
  return packed.size();
}

int Main(int argc, char** argv) {
  std::vector<std::string> logs;
  std::vector<size_t> whole;
  for (int i = 1; i < argc; ++i) {
    std::ifstream in(argv[i], std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    if (text.size() > kMostBytes) text.resize(text.rfind('\n', kMostBytes) + 1);
    const size_t size = PackedSize(text, LeftOut());
    if (size == 0) {
      std::fprintf(stderr, "%s: not packed with structure; left out\n", argv[i]);
      continue;
    }
    logs.push_back(std::move(text));
    whole.push_back(size);
  }
  if (logs.empty()) {
    std::fprintf(stderr, "usage: mix_ablation FILE...\n");
    return 2;
  }
  std::printf("| left out | larger by | at most by |\n| --- | --: | --: |\n");
  for (const Row& row : kRows) {
    double sum = 0;
    double most = 0;
    for (size_t i = 0; i < logs.size(); ++i) {
      const double factor =
          static_cast<double>(PackedSize(logs[i], row.left_out)) / static_cast<double>(whole[i]);
      sum += std::log(factor);
      most = std::max(most, factor);
    }
    std::printf("| %s | %.1f %% | %.1f %% |\n", row.name,
                100 * (std::exp(sum / static_cast<double>(logs.size())) - 1), 100 * (most - 1));
    std::fflush(stdout);
  }
  return 0;
}

}  // namespace
}  // namespace logpress::mix

int main(int argc, char** argv) { return logpress::mix::Main(argc, argv); }
