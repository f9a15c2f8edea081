"""Makes the tables of this folder as programs write them. python make.py; needs nothing else.

German and French Excel write semicolons, decimal commas and Windows-1252; Chinese Excel GB 18030; "Unicode text" is UTF-16 with tabs.
"""
import csv, io, os
here = os.path.dirname(os.path.abspath(__file__))


def write(name, rows, encoding='utf-8', **dialect):
    text = io.StringIO(newline='')
    csv.writer(text, **{'lineterminator': '\r\n', **dialect}).writerows(rows)
    with open(os.path.join(here, name), 'wb') as file:
        file.write(text.getvalue().encode(encoding))


flowers = [['length', 'width', 'kind'], ['5.1', '3.5', 'rose'], ['4.9', '3', 'tulip'], ['6.25', '2.75', 'rose']]
comma = [[cell.replace('.', ',') for cell in row] for row in flowers]
write('excel.csv', flowers, 'utf-8-sig')
write('excel-german.csv', [['Größe', 'Breite', 'Sorte']] + [row[:2] + [{'rose': 'schön', 'tulip': 'süß'}[row[2]]] for row in comma[1:]],
      'cp1252', delimiter=';')
write('excel-french.csv', [['longueur', 'largeur', 'variété']] + [row[:2] + [{'rose': 'été', 'tulip': 'forêt'}[row[2]]] for row in comma[1:]],
      'latin-1', delimiter=';')
write('excel-chinese.csv', [['长度', '宽度', '种类']] + [row[:2] + [{'rose': '玫瑰', 'tulip': '郁金香'}[row[2]]] for row in flowers[1:]], 'gb18030')
write('excel-unicode.txt', flowers, 'utf-16', delimiter='\t')
write('utf-16be.csv', [['\ufefflength', *flowers[0][1:]], *flowers[1:]], 'utf-16-be')
write('pandas.csv', [['', *flowers[0]], *([str(at), *row] for at, row in enumerate(flowers[1:]))], lineterminator='\n')
write('r.csv', [['', *flowers[0]], *([str(at + 1), *row] for at, row in enumerate(flowers[1:]))], quoting=csv.QUOTE_ALL, lineterminator='\n')
write('quoted.csv', [['length', 'width', 'kind'], ['5.1', '3.5', 'a "red"\nrose, wild'], ['4.9', '3', 'tulip'], ['6.25', '2.75', 'tulip']],
      quoting=csv.QUOTE_ALL)
write('mac.csv', flowers, lineterminator='\r')
write('separator.csv', comma, delimiter=';')
path = os.path.join(here, 'separator.csv')
data = open(path, 'rb').read()
open(path, 'wb').write(b'sep=;\r\n' + data)
write('bars.txt', flowers, delimiter='|')
