'use client';
import { Button, Textarea } from '@mantine/core';
import { useTranslations } from 'use-intl';
import { useState } from 'react';
import { useFormats } from '../../format/use-formats.ts';
import { Card } from '../../parts/card.tsx';
import { Notice } from '../../parts/states.tsx';
import { COMMENT, EDIT_COMMENT } from '../commands.ts';
import type { IncidentDetails } from '../incident-query.ts';
import { RefusedNotice } from '../refused-notice.tsx';
import { useAct } from '../use-act.ts';
import classes from '../details.module.css';

type Comment = IncidentDetails['comments'][number];

/** What people say to each other; an edited one keeps its earlier texts. */
export function CommentsCard({ incident: { number, revision, comments } }: { incident: IncidentDetails }) {
  const t = useTranslations('incidents');
  const { busy, refused, run, language } = useAct();
  const [text, setText] = useState('');
  const send = async () => { if (text.trim() !== '' && await run(COMMENT, { number, text: text.trim(), language })) setText(''); };
  return (
    <Card title={t('comments.title')} aside={<span>{t('comments.count', { count: comments.length })}</span>}>
      <div className={classes.body}>
        {comments.length > 0 && <ul className={classes.comments} data-testid="comments">{comments.map((comment) => <CommentItem key={comment.id} number={number} revision={revision} comment={comment} />)}</ul>}
        <RefusedNotice reason={refused} />
        <form className={classes.write} onSubmit={(event) => { event.preventDefault(); void send(); }}>
          <Textarea aria-label={t('comments.write')} placeholder={t('comments.write')} autosize minRows={1} maxRows={8} maxLength={20_000} value={text} onChange={(event) => setText(event.currentTarget.value)}
            onKeyDown={(event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send(); }} />
          <Button type="submit" variant="default" loading={busy} disabled={text.trim() === ''}>{t('comments.send')}</Button>
        </form>
      </div>
    </Card>
  );
}

function CommentItem({ number, revision, comment: { id, at, by, text, earlier } }: { number: number; revision: number; comment: Comment }) {
  const t = useTranslations('incidents');
  const formats = useFormats();
  const { busy, refused, run, language } = useAct();
  /** `over` and `seen` = the text that the writer saw before him, and its revision. */
  const [draft, setDraft] = useState<{ text: string; over: string; seen: number } | null>(null);
  const changed = draft !== null && draft.over !== text;
  const save = async () => { if (draft && await run(EDIT_COMMENT, { number, seen: draft.seen, comment: id, text: draft.text.trim(), language })) setDraft(null); };
  return (
    <li>
      <p className={classes.commentHead}><b>{by}</b> <time dateTime={at} className={classes.dim}>{formats.dateTime(at)}</time>{draft === null && <button type="button" className={classes.plain} onClick={() => setDraft({ text, over: text, seen: revision })}>{t('edit')}</button>}</p>
      {draft === null ? <p className={classes.preline}>{text}</p> : (
        <div className={classes.form}>
          <RefusedNotice reason={refused} />
          {changed && <Notice kind="warn"><span>{t('comments.changed')} <q className={classes.preline}>{text}</q></span><Button size="compact-xs" variant="default" onClick={() => setDraft({ ...draft, over: text, seen: revision })}>{t('comments.seen')}</Button></Notice>}
          <Textarea aria-label={t('edit')} autosize minRows={2} maxRows={10} value={draft.text} onChange={(event) => setDraft({ ...draft, text: event.currentTarget.value })} />
          <div className={classes.footer}><Button size="xs" variant="default" onClick={() => setDraft(null)}>{t('cancel')}</Button><Button size="xs" loading={busy} disabled={changed || draft.text.trim() === '' || draft.text === text} onClick={() => void save()}>{t('save')}</Button></div>
        </div>
      )}
      {earlier.length > 0 && (
        <details className={classes.earlier}>
          <summary>{t('comments.edited', { count: earlier.length })}</summary>
          <ul aria-label={t('comments.earlier')}>{earlier.toReversed().map((each) => <li key={each.at}><span className={classes.dim}>{formats.dateTime(each.at)} · {each.by}</span><p className={classes.preline}>{each.text}</p></li>)}</ul>
        </details>
      )}
    </li>
  );
}
