'use client';
import { useTranslations } from 'use-intl';
import type { Upload } from './call-files-query.ts';
import classes from './call-files.module.css';

const SHOWN = 8;

/** The file's first rows as they would be read. */
export function PreviewTable({ columns, rows }: { columns: string[]; rows: Upload['rows'] }) {
  const t = useTranslations('callFiles');
  if (rows.length === 0) return null;
  return (
    <div className={classes.preview} tabIndex={0} role="region" aria-label={t('firstRows')}>
      <table>
        <caption>{t('firstRows')}</caption>
        <thead><tr><th scope="col" data-number>{t('line')}</th><th scope="col">{t('dialed')}</th><th scope="col">{t('zone')}</th>{columns.map((name) => <th key={name} scope="col">{name}</th>)}</tr></thead>
        <tbody>
          {rows.slice(0, SHOWN).map(({ line, cells, number, zone, words }) => (
            <tr key={line}>
              <td data-number>{line}</td>
              {words === null ? <><td>{number}</td><td>{zone}</td></> : <td colSpan={2} className={classes.warn}>{words}</td>}
              {columns.map((name, index) => <td key={name}>{cells[index]}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
