#pragma once
#include <stddef.h>
#include <qpdf/qpdf-c.h>
