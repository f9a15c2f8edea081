import { useState } from 'react';
import { type KnownSet, knownSet, knownSets } from '../../src/data/knownSets.ts';
import { chooseKnown, takeData } from '../state/data/ownData.ts';
import { Button } from '../ui/controls/Button.tsx';
import { useWords } from '../ui/i18n/i18n.ts';
import { whole } from '../ui/i18n/numbers.ts';
import css from './KnownSets.module.css';

/** Published datasets that Netloom finds on this computer, each with a button that looks for it and shows where to get it. */
export function KnownSets({ source }: { readonly source: string }) {
  const { say } = useWords();
  const [shown, setShown] = useState<string | null>(null);
  // Data that is here needs no help.
  const open = knownSets.find(({ name }) => name === shown && name !== knownSet(source)?.name);
  return (
    <section aria-label={say('data.known')}>
      <h2>{say('data.known')}</h2>
      <div className={css.buttons}>
        {knownSets.map(({ name, title }) => (
          <Button
            key={name}
            label={say('data.get', { name: title })}
            look="outlined"
            expanded={open?.name === name}
            onClick={() => {
              setShown(name);
              void takeData(name);
            }}
          >
            {say('data.get', { name: title })}
          </Button>
        ))}
      </div>
      {open !== undefined && <Files set={open} />}
    </section>
  );
}

/** Where to get the files, how they are recognized, and how Netloom gets to know where they lie. */
function Files({ set }: { readonly set: KnownSet }) {
  const { say, pick } = useWords();
  const { name, title, files, archive, origin } = set;
  return (
    <>
      <p>{say('data.getHelp', { name: title })}</p>
      <p>{pick(origin)}</p>
      <ul className={css.files}>
        {archive !== undefined && (
          <li>
            {say('data.getFile', { name: archive.name, size: whole(archive.bytes) })}
            <code>{`MD5 ${archive.md5}`}</code>
          </li>
        )}
        {files.map((file) => (
          <li key={file.name}>
            {say('data.getFile', { name: file.name, size: whole(file.bytes) })}
            {file.sha256 !== undefined && <code>{`SHA-256 ${file.sha256}`}</code>}
          </li>
        ))}
      </ul>
      <div className={css.buttons}>
        <Button label={say('data.getAgain')} look="outlined" onClick={() => void takeData(name)}>
          {say('data.getAgain')}
        </Button>
        <Button label={say('data.getFolder')} look="outlined" onClick={() => void chooseKnown(name)}>
          {say('data.getFolder')}
        </Button>
      </div>
    </>
  );
}
