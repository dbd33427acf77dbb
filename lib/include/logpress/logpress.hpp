/**
 * @file logpress.hpp
 * The C++ face of logpress: header-only over logpress.h, standard types only, C++20.
 *
 * Handles are values that free themselves and can be moved. Nothing throws (but std::bad_alloc,
 * where a std::string is made): what can fail returns a logpress::Result. Lifetimes and threads are
 * as logpress.h says: a Lines must not outlive its Reader, nor a line the next step.
 */
#ifndef LOGPRESS_LOGPRESS_HPP_
#define LOGPRESS_LOGPRESS_HPP_

#include <logpress/logpress.h>

#include <logpress/buffers.hpp>
#include <logpress/decoder.hpp>
#include <logpress/dictionary.hpp>
#include <logpress/lines.hpp>
#include <logpress/metadata.hpp>
#include <logpress/reader.hpp>
#include <logpress/result.hpp>
#include <logpress/statements.hpp>
#include <logpress/writer.hpp>

#endif  // LOGPRESS_LOGPRESS_HPP_
