"""The wall map as a QGIS expert would script it: fills, borders, base map, labels, legend, scale bar, table of grids.

Usage: sheets_qgis.py pdf|png|atlas TOWN.gpkg OUTPUT        (Debian: qgis python3-qgis)
"""

import os
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
from qgis.core import (
    QgsApplication, QgsCategorizedSymbolRenderer, QgsFillSymbol, QgsLayoutExporter, QgsLayoutItemLabel,
    QgsLayoutItemLegend, QgsLayoutItemMap, QgsLayoutItemScaleBar, QgsLayoutPoint, QgsLayoutSize, QgsLineSymbol,
    QgsPalLayerSettings, QgsPrintLayout, QgsProject, QgsRendererCategory, QgsSingleSymbolRenderer, QgsTextBufferSettings,
    QgsTextFormat, QgsUnitTypes, QgsVectorLayer, QgsVectorLayerSimpleLabeling)
from qgis.PyQt.QtGui import QColor, QFont

MM = QgsUnitTypes.LayoutMillimeters
kind, town, output = sys.argv[1:4]
app = QgsApplication([], False)
app.initQgis()
project = QgsProject.instance()


def layer(name, symbol):
    found = QgsVectorLayer(f"{town}|layername={name}", name, "ogr")
    assert found.isValid(), name
    if symbol is not None:
        found.setRenderer(QgsSingleSymbolRenderer(symbol))
    project.addMapLayer(found)
    return found


def label(target, expression, size, bold=False, curved=False):
    text = QgsTextFormat()
    text.setFont(QFont("Noto Sans CJK SC", -1, QFont.Bold if bold else QFont.Normal))
    text.setSize(size)
    halo = QgsTextBufferSettings()
    halo.setEnabled(True)
    halo.setSize(0.4)
    text.setBuffer(halo)
    settings = QgsPalLayerSettings()
    settings.setFormat(text)
    settings.fieldName = expression
    settings.isExpression = True
    settings.placement = QgsPalLayerSettings.Curved if curved else QgsPalLayerSettings.Horizontal
    settings.fitInPolygonOnly = not curved
    target.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    target.setLabelsEnabled(True)


project.setCrs(QgsVectorLayer(f"{town}|layername=grid", "grid", "ogr").crs())
fills = ["#ebf5d2", "#cbbefd", "#b5ccc1", "#ddc487", "#e4e7fa"]
grid = layer("grid", None)
grid.setRenderer(QgsCategorizedSymbolRenderer("to_int(right(code, 3)) % 5", [
    QgsRendererCategory(k, QgsFillSymbol.createSimple(
        {"color": colour, "outline_color": "#3f3f3f", "outline_width": "0.3"}), "") for k, colour in enumerate(fills)]))
water = layer("water", QgsFillSymbol.createSimple({"color": "#bcdcee", "outline_color": "#7fb2d0", "outline_width": "0.12"}))
building = layer("building", QgsFillSymbol.createSimple(
    {"color": "111,95,77,66", "outline_color": "111,95,77,140", "outline_width": "0.06"}))
road = layer("road", QgsLineSymbol.createSimple({"color": "#ffffff", "width": "0.75"}))
microgrid = layer("microgrid", QgsFillSymbol.createSimple(
    {"style": "no", "outline_color": "#5a5a5a", "outline_width": "0.1", "outline_style": "dash"}))
community = layer("community", QgsFillSymbol.createSimple(
    {"style": "no", "outline_color": "#a02a1e", "outline_width": "0.9"}))
label(community, '"name"', 20, bold=True)
label(grid, '"name"', 8, bold=True)
label(microgrid, 'right("code", 2)', 4.6)
label(road, '"name"', 6.6, curved=True)

atlas = kind == "atlas"
width, height = (420, 297) if atlas else (841, 594)
layout = QgsPrintLayout(project)
layout.initializeDefaults()
layout.pageCollection().page(0).setPageSize(QgsLayoutSize(width, height, MM))
frame = QgsLayoutItemMap(layout)
frame.setRect(20, 20, 20, 20)  # an empty item has no extent to zoom
layout.addLayoutItem(frame)
panel = 66 if atlas else 129
frame.attemptMove(QgsLayoutPoint(15, 58, MM))
frame.attemptResize(QgsLayoutSize(width - panel - 36, height - 80, MM))
frame.setLayers([community, microgrid, road, building, water, grid])
frame.setCrs(grid.crs())
extent = grid.extent()
extent.scale(1.03)
frame.zoomToExtent(extent)
title = QgsLayoutItemLabel(layout)
title.setText("网格地图")
title.setFont(QFont("Noto Sans CJK SC", 24 if atlas else 66, QFont.Bold))
layout.addLayoutItem(title)
title.attemptMove(QgsLayoutPoint(width / 3, 15, MM))
title.attemptResize(QgsLayoutSize(width / 2, 30, MM))
legend = QgsLayoutItemLegend(layout)
legend.setLinkedMap(frame)
layout.addLayoutItem(legend)
legend.attemptMove(QgsLayoutPoint(width - panel - 10, 90, MM))
bar = QgsLayoutItemScaleBar(layout)
bar.setLinkedMap(frame)
bar.applyDefaultSize()
layout.addLayoutItem(bar)
bar.attemptMove(QgsLayoutPoint(width - panel - 10, 60, MM))

exporter = QgsLayoutExporter(layout)
if atlas:
    pages = layout.atlas()
    pages.setCoverageLayer(community)
    pages.setEnabled(True)
    frame.setAtlasDriven(True)
    status, error = QgsLayoutExporter.exportToPdf(pages, output, QgsLayoutExporter.PdfExportSettings())
    assert status == QgsLayoutExporter.Success, error
elif kind == "pdf":
    assert exporter.exportToPdf(output, QgsLayoutExporter.PdfExportSettings()) == QgsLayoutExporter.Success
else:
    settings = QgsLayoutExporter.ImageExportSettings()
    settings.dpi = 300
    assert exporter.exportToImage(output, settings) == QgsLayoutExporter.Success
os._exit(0)
